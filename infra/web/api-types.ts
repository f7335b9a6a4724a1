// Types of the managers' API for the console, made of the document that the API makes of itself.
// Must never be edited or kept in git: the operations are the only place where they are written down.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { Api } from '../../shared/http/api/api.ts';
import { documentOf } from '../../shared/http/api/document.ts';
import { declareOperations } from '../../shared/http/api/manager-api.ts';

const file = fileURLToPath(new URL('../../dist/api/types.ts', import.meta.url));
const api = new Api();
declareOperations(api);
const types = await openapiTS(JSON.stringify(documentOf(api)), { defaultNonNullable: false });
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, astToString(types));
