/** What the desk's API answers, as docs/guide/desk-api.md says it. Offsets count UTF-16 units. */

export interface Words {
  start: number;
  end: number;
  quote: string;
}

export interface Session {
  user: string;
  csrf: string;
  store: string;
  sitrep: string;
  counts: { reports: number; events: number; incidents: number; failures: number; judgements: number };
  stale: boolean;
  tiles: string | null;
}

export interface Named {
  name: string;
  label: string;
}

export interface Vocabulary {
  types: (Named & { parent: string })[];
  parents?: Named[];
  roles: (Named & { side: string })[];
  factualities: Named[];
  states: string[];
  corrections: { kind: string; layers: string[]; label: string }[];
  actor_kinds: string[];
  figure_kinds: string[];
  place_precisions: Named[];
  stances?: (Named | string)[];
  countries?: Record<string, string>;
  reasons?: string[];
  exports?: ExportFormat[];
}

export interface ExportFormat {
  name: string;
  label: string;
  description: string;
  suffix: string;
  options: { name: string; help: string; choices: string[]; default: string | null; yes_or_no: boolean }[];
}

export type State = "unreviewed" | "in_review" | "accepted" | "rejected" | "second_look";

export interface ReportRow {
  report: string;
  source_id: string;
  title: string | null;
  outlet: string | null;
  published: string | null;
  language: string;
  events: number;
  claims: number;
  killed_low: number | null;
  killed_high: number | null;
  score: number | null;
  state: State;
  assignee: string | null;
  judgements: number;
  failures: number;
  incidents: number;
}

export interface Page<Row> {
  total: number;
  rows: Row[];
}

export interface Slot {
  label: string;
  value: string;
  note: string;
  field: string;
  index: number | null;
  id: string | null;
  evidence: Words[];
}

export interface Fact {
  id: string;
  layer: string;
  kind: string;
  title: string;
  note: string;
  key: Words[];
  evidence: Words[];
  score: number | null;
  minor: boolean;
  related: string[];
  judgements: string[];
  slots: Slot[];
}

export interface Section {
  name: string;
  title: string;
  empty: string;
  facts: Fact[];
}

export interface Change {
  judgement: string;
  kind: string;
  target: { layer: string; id: string; report?: string };
  user: string;
  at: string;
  reason: string;
  before: string | null;
  after: string | null;
  status: string;
}

export interface Candidate {
  name: string;
  kind: string;
  lat: number;
  lon: number;
  country: string;
  admin1: string | null;
  geonames: number | null;
  score: number;
}

export interface RecordPlace {
  id: string;
  name: string;
  kind: string;
  lat: number | null;
  lon: number | null;
  country: string | null;
  admin1: string | null;
  geonames: number | null;
  radius_km: number | null;
  mentions: string[];
  candidates?: Candidate[];
}

export interface RecordActor {
  id: string;
  name: string;
  kind: string;
  countries: string[];
  mentions: string[];
  link: { id: string; score: number } | null;
}

export interface RecordEvent {
  id: string;
  type: string;
  factuality: string;
  trigger: Words;
  triggers: Words[];
  arguments: { role: string; actor: string | null; place: string | null; text: string | null; evidence: Words[] }[];
  place: { id: string; precision: number; basis: string } | null;
  time: { timex: string | null; start: string | null; end: string | null; precision: string } | null;
}

export interface RecordQuantity {
  id: string;
  kind: string;
  of: string | null;
  low: number | null;
  best: number | null;
  high: number | null;
  civilians: boolean | null;
  evidence: Words[];
}

export interface RecordMention {
  id: string;
  kind: string;
  form: string;
  evidence: Words[];
  head: Words;
}

export interface ReportRecord {
  mentions: RecordMention[];
  actors: RecordActor[];
  places: RecordPlace[];
  events: RecordEvent[];
  quantities: RecordQuantity[];
  claims: { id: string; stance: string }[];
}

export interface Published {
  value: string | null;
  basis: string;
  start: string | null;
  end: string | null;
  note: string;
}

export interface ReportView {
  report: {
    report: string;
    source_id: string;
    title: string | null;
    outlet: string | null;
    byline: string | null;
    uri: string;
    language: string;
    published: Published;
  };
  version: string;
  text: string;
  passages: { start: number; end: number; kind: string }[];
  record: ReportRecord;
  sections: Section[];
  changes: Change[];
  state: State;
  assignee: string | null;
  veils: (Words & { judgement: string })[];
  sensitive: string[];
  incidents: Record<string, string>;
  coding: unknown;
  versions: { report: string; version: number; current: boolean }[];
  failures: { kind: string; message: string; todo: string }[];
}

export interface IncidentRow {
  id: string;
  type: string;
  label: string;
  place: string | null;
  country: string | null;
  start: string | null;
  end: string | null;
  reports: number;
  killed_low: number | null;
  killed_high: number | null;
  score: number | null;
  state: State;
  assignee: string | null;
  title: string | null;
  version?: string;
  who?: string[];
  whom?: string[];
}

export interface QueueRow extends IncidentRow {
  priority: number;
  why: { reason: string; weight: number; words: string }[];
}

export interface QueueReportRow extends ReportRow {
  priority: number;
  why: { reason: string; weight: number; words: string }[];
}

export interface Column {
  key: string;
  report: string;
  source_id: string;
  event: string;
  outlet: string | null;
  published: string | null;
  title: string | null;
  copies: { report: string; source_id: string; outlet: string | null }[];
  words: string;
}

export interface Cell {
  column: string;
  value: string | null;
  label: string;
  evidence: Words[];
}

export interface GridRow {
  field: string;
  label: string;
  agrees: boolean;
  chosen: string | null;
  chosen_label: string;
  rule: string;
  by: string | null;
  cells: Cell[];
}

export interface FigurePoint {
  column: string;
  low: number | null;
  best: number | null;
  high: number | null;
  day: string | null;
  evidence: Words[];
  speaker: string | null;
}

export interface Figure {
  kind: string;
  low: number | null;
  best: number | null;
  high: number | null;
  rule: string;
  points: FigurePoint[];
}

export interface Linked {
  id: string;
  type: string;
  label: string;
  place: string | null;
  start: string | null;
  end: string | null;
  why: string;
  km: number | null;
}

export interface IncidentView {
  id: string;
  version: string;
  type: string;
  label: string;
  place: string | null;
  lat: number | null;
  lon: number | null;
  radius_km: number | null;
  country: string | null;
  start: string | null;
  end: string | null;
  state: State;
  assignee: string | null;
  columns: Column[];
  rows: GridRow[];
  figures: Figure[];
  linked: Linked[];
  changes: Change[];
}

export interface Judged {
  judgement: { id?: string; judgement?: string } & Partial<Change>;
  version: string;
  incidents: string[];
}

export interface ControlRow {
  place: string;
  country: string | null;
  lat: number | null;
  lon: number | null;
  radius_km: number | null;
  holder: string;
  actor: string | null;
  status: string;
  start: string | null;
  end: string | null;
  basis: string;
  report: string;
  source_id: string;
  outlet: string | null;
  published: string | null;
  evidence: Words;
}

export interface Tie {
  source: string;
  target: string;
  type: string;
  from: string | null;
  to: string | null;
  weight: number;
  report: string | null;
  evidence: Words | null;
}

export interface NetworkNode {
  id: string;
  name: string;
  kind: string;
  events: number;
}

export interface Bar {
  kind: string;
  id: string;
  label: string;
  lane: string;
  start: string | null;
  end: string | null;
  weight: number;
  report: string | null;
  evidence?: Words | null;
  incident?: string | null;
}

export interface DecisionRow {
  report: string;
  source_id: string;
  outlet: string | null;
  published: string | null;
  about: string;
  event: string | null;
  steps: { step: string; label: string; actor: string | null; time: string | null; evidence: Words[] }[];
  conditions: Words[];
}

export interface LookupPlace {
  name: string;
  kind: string;
  lat: number;
  lon: number;
  country: string;
  admin1: string | null;
  geonames: number | null;
  radius_km?: number | null;
}

export interface LookupActor {
  id?: string;
  link?: string | null;
  name: string;
  kind: string;
}
