-- One row per reading of a current report; the reading itself is compressed in the table readings.
SELECT reports.source_id AS report, reports.report_id AS reading, reports.outlet, reports.title, reports.published,
    reports.language, reports.uri, reports.text, readings.sha256, readings.read_at, readings.sitrep
FROM reports JOIN readings ON readings.report = reports.id
WHERE reports.current
