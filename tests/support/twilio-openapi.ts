// Holds requests to Twilio and answers in its name against Twilio's own OpenAPI document, and against the rules that
// a schema cannot say. Returns a list of problems; empty means none. Must never be softened for the product's sake:
// where the document and the real API are known to differ, the exception is named here with its reason.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

export type FormParams = Readonly<Record<string, string | readonly string[]>>;

export interface TwilioRequest {
  method: string;
  path: string;
  /** Query and form together. */
  params: FormParams;
}

export interface TwilioResponse {
  method: string;
  path: string;
  status: number;
  body: unknown;
}

interface Schema {
  type?: string;
  enum?: unknown[];
  nullable?: boolean;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: boolean;
  $ref?: string;
  [key: string]: unknown;
}

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

interface Checker {
  document: Document;
  ajv: Ajv;
  compiled: Map<string, ValidateFunction>;
}

const loaded = new Map<string, Checker>();

/** Each host of Twilio's has a document of its own. */
function checkerFor(path: string): Checker {
  const name = path.startsWith('/v1/DialingPermissions/') ? 'twilio_voice_v1' : 'twilio_api_v2010';
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return known;
}

// Two megabytes of JSON: read once a test file, and only when a test asks.
function load(name: string): Checker {
  const require = createRequire(import.meta.url);
  const file = require.resolve('@twilio-alpha/mcp/package.json');
  const spec = new URL(`twilio-oai/spec/json/${name}.json`, `file://${file}`);
  const document: Document = JSON.parse(readFileSync(spec, 'utf8'));
  for (const schema of Object.values(document.components.schemas)) close(schema);
  // The document calls this field never null; the real API answers null until the conference has ended.
  const conference = document.components.schemas['api.v2010.account.conference'];
  const reasons = document.components.schemas['conference_enum_reason_conference_ended'];
  if (conference?.properties && reasons) {
    conference.properties['reason_conference_ended'] = {
      ...reasons,
      nullable: true,
      enum: [...(reasons.enum ?? []), null],
    };
  }
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: 'array' });
  addFormats.default(ajv);
  addTwilioFormats(ajv);
  ajv.addSchema({ $id: 'twilio', components: document.components });
  return { document, ajv, compiled: new Map() };
}

const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/;
const ADDRESS = /^(whatsapp:)?\+[1-9]\d{6,14}$/;

function addTwilioFormats(ajv: Ajv): void {
  const isUri = (text: string) => URL.canParse(text, 'https://api.twilio.com') && !/\s/.test(text);
  ajv.addFormat('date-time-rfc-2822', RFC_2822);
  ajv.addFormat('phone-number', ADDRESS);
  ajv.addFormat('endpoint', ADDRESS);
  ajv.addFormat('http-method', /^(GET|POST)$/);
  ajv.addFormat('currency', /^[A-Z]{3}$/i);
  ajv.addFormat('uri-map', true);
  ajv.addFormat('phone-number-capabilities', true);
  ajv.addFormat('iso-country-code', /^[A-Z]{2}$/);
  ajv.addFormat('twiml', true);
  // Lists link to their pages by path, so a relative reference is a good one.
  ajv.addFormat('uri', isUri);
  // Filters take a plain day as well as an instant.
  ajv.addFormat(
    'date-time',
    (text: string) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
  );
}

/** No object may have a field that is not documented. */
function close(schema: Schema): void {
  if (schema.properties) {
    schema.additionalProperties = false;
    for (const property of Object.values(schema.properties)) close(property);
  }
  if (schema.items) close(schema.items);
}

export function checkTwilioRequest(request: TwilioRequest): string[] {
  const found = operationOf(request.method, request.path);
  if (typeof found === 'string') return [found];
  const { operation, key, pathParams, checker } = found;
  const query = (operation.parameters ?? []).filter(parameter => parameter.in === 'query');
  const inPath = (operation.parameters ?? []).filter(parameter => parameter.in === 'path');
  const form = operation.requestBody?.content['application/x-www-form-urlencoded']?.schema;
  const fields = request.method === 'GET' || !form ? objectOf(query) : form;
  return [
    ...problems(checker, `${key} path`, objectOf(inPath), pathParams),
    ...problems(checker, `${key} parameters`, fields, withoutTakenAway(request)),
    ...rulesBeyondTheSchema(request),
  ];
}

/** An empty SID takes an application or trunk from a number; the document's pattern knows only those that are there. */
function withoutTakenAway({ path, params }: TwilioRequest): FormParams {
  if (!path.includes('/IncomingPhoneNumbers/')) return params;
  return Object.fromEntries(
    Object.entries(params).filter(([name, value]) => value !== '' || !/Sid$/.test(name)),
  );
}

export function checkTwilioResponse(response: TwilioResponse): string[] {
  if (response.status >= 400) return errorProblems(response);
  const found = operationOf(response.method, response.path);
  if (typeof found === 'string') return [found];
  const { operation, key, checker } = found;
  const documented = operation.responses[String(response.status)];
  if (!documented) return [`${key}: status ${response.status} is not documented`];
  const schema = documented.content?.['application/json']?.schema;
  if (!schema) return response.body === undefined ? [] : [`${key}: ${response.status} has a body`];
  return problems(checker, `${key} ${response.status}`, schema, response.body);
}

function operationOf(
  method: string,
  path: string,
): { operation: Operation; key: string; pathParams: Record<string, string>; checker: Checker } | string {
  const checker = checkerFor(path);
  for (const [template, operations] of Object.entries(checker.document.paths)) {
    const names: string[] = [];
    const pattern = template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      return '([^/]+?)';
    });
    const match = new RegExp(`^${pattern}$`).exec(path);
    const operation = operations[method.toLowerCase()];
    if (!match || !operation) continue;
    const pathParams = Object.fromEntries(names.map((name, i) => [name, match[i + 1] ?? '']));
    return { operation, key: `${method} ${template}`, pathParams, checker };
  }
  return `${method} ${path}: no such operation at Twilio`;
}

function objectOf(parameters: NonNullable<Operation['parameters']>): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(parameter => [parameter.name, parameter.schema])),
    required: parameters.filter(parameter => parameter.required).map(parameter => parameter.name),
  };
}

function problems({ ajv, compiled }: Checker, key: string, schema: Schema, value: unknown): string[] {
  let validate = compiled.get(key);
  if (!validate) {
    const copy: Schema = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components', '"twilio#/components'),
    );
    close(copy);
    validate = ajv.compile(copy);
    compiled.set(key, validate);
  }
  // Coercion rewrites what it checks.
  if (validate(structuredClone(value))) return [];
  return (validate.errors ?? []).map((error: ErrorObject) => {
    const extra = error.params['additionalProperty'];
    return `${key}${error.instancePath}: ${error.message}${extra === undefined ? '' : ` (${String(extra)})`}`;
  });
}

function errorProblems({ status, body }: TwilioResponse): string[] {
  const schema: Schema = {
    type: 'object',
    required: ['code', 'message', 'more_info', 'status'],
    properties: {
      code: { type: 'integer', minimum: 10_000 },
      message: { type: 'string', minLength: 1 },
      more_info: { type: 'string', pattern: '^https://www\\.twilio\\.com/docs/errors/\\d+$' },
      status: { const: status },
    },
  };
  return problems(checkerFor(''), `error ${status}`, schema, body);
}

function rulesBeyondTheSchema({ method, path, params }: TwilioRequest): string[] {
  if (method !== 'POST') return [];
  const count = (...names: string[]) => names.filter(name => params[name] !== undefined).length;
  const wrong: string[] = [];
  const need = (ok: boolean, rule: string) => {
    if (!ok) wrong.push(`POST ${path}: ${rule}`);
  };
  if (path.endsWith('/Calls.json')) {
    need(count('Url', 'Twiml', 'ApplicationSid') === 1, 'exactly one of Url, Twiml and ApplicationSid');
    need(count('StatusCallbackEvent') <= count('StatusCallback'), 'StatusCallbackEvent needs StatusCallback');
    for (const event of [params['StatusCallbackEvent'] ?? []].flat()) {
      const known = ['initiated', 'ringing', 'answered', 'completed'].includes(event);
      need(known, `StatusCallbackEvent "${event}"`);
    }
    const timeout = Number(params['Timeout'] ?? 60);
    need(timeout >= 1 && timeout <= 600, 'Timeout from 1 to 600');
  }
  if (/\/Calls\/CA\w+\.json$/.test(path)) {
    need(count('Url', 'Twiml', 'Status') === 1, 'exactly one of Url, Twiml and Status');
  }
  if (path.endsWith('/Messages.json')) {
    need(count('From', 'MessagingServiceSid') >= 1, 'From or MessagingServiceSid');
    need(count('Body', 'MediaUrl', 'ContentSid') >= 1, 'one of Body, MediaUrl and ContentSid');
    need(String(params['Body'] ?? '').length <= 1600, 'Body of at most 1600 characters');
    const validity = Number(params['ValidityPeriod'] ?? 1);
    need(validity >= 1 && validity <= 36_000, 'ValidityPeriod from 1 to 36000');
  }
  for (const name of ['Record', 'RecordingStatusCallback', 'MachineDetection', 'CallToken']) {
    need(params[name] === undefined, `${name} is never sent: nothing is recorded or analysed`);
  }
  return wrong;
}
