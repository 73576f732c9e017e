// Called by VS Code inside the browser's extension host. A web worker can't look for files: each suite is imported here,
// after mochaInWorker, which defines describe() and it().
import { runImported } from './mochaInWorker';
import './smoke.test';

export const run = runImported;
