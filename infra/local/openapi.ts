// npm run openapi: prints the OpenAPI document of the managers' API, as it is served.
import { Api } from '../../shared/http/api/api.ts';
import { documentOf } from '../../shared/http/api/document.ts';
import { declareOperations } from '../../shared/http/api/manager-api.ts';

const api = new Api();
declareOperations(api);
console.log(JSON.stringify(documentOf(api), null, 2));
