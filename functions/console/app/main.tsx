// The console begins here: who it is, then the pages.
import { render } from 'preact';
import './console.css';
import { beginSession } from './session.ts';
import { Shell } from './shell.tsx';

const place = document.getElementById('app');
if (place) render(<Shell />, place);
void beginSession();
