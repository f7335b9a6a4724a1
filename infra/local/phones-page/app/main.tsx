// The page of phones begins here.
import { render } from 'preact';
import './phones.css';
import { open } from './machine.ts';
import { PhonesPage } from './phones-page.tsx';

const place = document.getElementById('app');
if (place) render(<PhonesPage />, place);
void open();
