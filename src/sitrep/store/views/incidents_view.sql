-- One row per event of an incident: which reports an incident rests on, and where each says so.
SELECT
    incidents.id AS incident,
    incidents.type,
    incidents.place,
    incidents.country,
    incidents.start,
    incidents."end",
    incidents.killed_low,
    incidents.killed_best,
    incidents.killed_high,
    reports.source_id AS report,
    reports.outlet,
    reports.published,
    events.id AS event,
    events.type AS event_type,
    events.trigger
FROM incidents
JOIN incident_events ON incident_events.incident = incidents.id
JOIN events ON events.report = incident_events.report AND events.id = incident_events.event
JOIN reports ON reports.id = incident_events.report
