-- One row per event of a current report, with what a person wants beside it.
SELECT
    reports.source_id AS report,
    reports.outlet,
    reports.published,
    events.id AS event,
    events.type,
    events.factuality,
    events.background,
    events.start,
    events."end",
    places.name AS place,
    places.country,
    places.lat,
    places.lon,
    events.weapon,
    events.trigger,
    events.score
FROM events
JOIN reports ON reports.id = events.report
LEFT JOIN places ON places.report = events.report AND places.id = events.place
WHERE reports.current
