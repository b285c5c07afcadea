-- One row per stretch of words that annotation tools mark, with its label; offsets are code points. A figure, a time and
-- a statement stand by their first words, an actor or place by the words that play a role in an event.
SELECT reports.source_id AS report, events.id AS part, events.quote_start AS start, events.quote_end AS "end",
    'event:' || events.type AS label, NULL AS event, NULL AS role,
    substr(reports.text, events.quote_start + 1, events.quote_end - events.quote_start) AS words
FROM events JOIN reports ON reports.id = events.report
WHERE reports.current AND events.quote_start IS NOT NULL
UNION ALL
SELECT reports.source_id, COALESCE(arguments.actor, arguments.place, arguments.event || ':' || arguments.role),
    arguments.quote_start, arguments.quote_end,
    COALESCE('actor:' || actors.kind, 'place:' || places.kind, 'thing'), arguments.event, arguments.role,
    substr(reports.text, arguments.quote_start + 1, arguments.quote_end - arguments.quote_start)
FROM event_arguments AS arguments
JOIN reports ON reports.id = arguments.report
LEFT JOIN actors ON actors.report = arguments.report AND actors.id = arguments.actor
LEFT JOIN places ON places.report = arguments.report AND places.id = arguments.place
WHERE reports.current AND arguments.quote_start IS NOT NULL
UNION ALL
SELECT reports.source_id, timexes.id, timexes.quote_start, timexes.quote_end, 'time', NULL, NULL,
    substr(reports.text, timexes.quote_start + 1, timexes.quote_end - timexes.quote_start)
FROM timexes JOIN reports ON reports.id = timexes.report
WHERE reports.current AND timexes.quote_start IS NOT NULL
UNION ALL
SELECT reports.source_id, quantities.id, quantities.quote_start, quantities.quote_end, 'figure:' || quantities.kind,
    NULL, NULL, substr(reports.text, quantities.quote_start + 1, quantities.quote_end - quantities.quote_start)
FROM quantities JOIN reports ON reports.id = quantities.report
WHERE reports.current AND quantities.quote_start IS NOT NULL
UNION ALL
SELECT reports.source_id, claims.id, claims.quote_start, claims.quote_end, 'claim:' || claims.stance, NULL, NULL,
    substr(reports.text, claims.quote_start + 1, claims.quote_end - claims.quote_start)
FROM claims JOIN reports ON reports.id = claims.report
WHERE reports.current AND claims.quote_start IS NOT NULL
