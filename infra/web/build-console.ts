// npm run build:console: what the console's function serves, into dist/console.
// Must never leave half of it: the build empties the folder first and fails as a whole.
import { builtPage } from './build.ts';

await builtPage('console', words => console.log(words));
