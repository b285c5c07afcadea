-- One row per entity of a current report: its articles, actors, places, events and relations.
SELECT 'Article' AS "schema", reports.source_id AS report, reports.report_id AS part, reports.title AS name,
    reports.published AS date, NULL AS country, reports.outlet AS publisher
FROM reports WHERE reports.current
UNION ALL
SELECT CASE WHEN actors.kind = 'person' THEN 'Person' WHEN actors.kind = 'company' THEN 'Company'
    WHEN actors.kind IN ('state', 'government', 'military', 'police') THEN 'PublicBody' ELSE 'Organization' END,
    reports.source_id, actors.id, actors.name, NULL, actors.countries, NULL
FROM actors JOIN reports ON reports.id = actors.report WHERE reports.current
UNION ALL
SELECT 'Address', reports.source_id, places.id, places.name, NULL, places.country, NULL
FROM places JOIN reports ON reports.id = places.report WHERE reports.current
UNION ALL
SELECT 'Event', reports.source_id, events.id, events.type, events.start, places.country, reports.outlet
FROM events JOIN reports ON reports.id = events.report
LEFT JOIN places ON places.report = events.report AND places.id = events.place
WHERE reports.current
UNION ALL
SELECT 'UnknownLink', reports.source_id, relations.id, relations.type, relations."from", NULL, NULL
FROM relations JOIN reports ON reports.id = relations.report WHERE reports.current
