-- One row per edge: who plays which role in an event, and how actors stand to each other.
SELECT reports.source_id AS report, COALESCE(actors.link, actors.name, places.name, arguments.text) AS source,
    arguments.role AS edge, events.id AS target, events.type, events.factuality, events.start AS date,
    substr(reports.text, events.quote_start + 1, events.quote_end - events.quote_start) AS quote, events.score
FROM event_arguments AS arguments
JOIN events ON events.report = arguments.report AND events.id = arguments.event
JOIN reports ON reports.id = arguments.report
LEFT JOIN actors ON actors.report = arguments.report AND actors.id = arguments.actor
LEFT JOIN places ON places.report = arguments.report AND places.id = arguments.place
WHERE reports.current
UNION ALL
SELECT reports.source_id, COALESCE(one.link, one.name, relations.subject), relations.type,
    COALESCE(other.link, other.name, relations.object), 'relation', NULL, relations."from",
    substr(reports.text, relations.quote_start + 1, relations.quote_end - relations.quote_start), relations.score
FROM relations
JOIN reports ON reports.id = relations.report
LEFT JOIN actors AS one ON one.report = relations.report AND one.id = relations.subject
LEFT JOIN actors AS other ON other.report = relations.report AND other.id = relations.object
WHERE reports.current
