// The frame of every page: where one is, where one can go, who one is. Without a session there is only the sign-in.
import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { LocationProvider, lazy, Route, Router, useLocation } from 'preact-iso';
import { may, type Permission, type Role } from '../../../shared/domain/access.ts';
import { Choices, SkipLink } from './kit/choices.tsx';
import { loadNetwork } from './network.ts';
import { forgetPeople } from './people.ts';
import { NowPage } from './requests/now-page.tsx';
import { RequestPage } from './requests/request-page.tsx';
import { session, signIn, signOut } from './session.ts';
import { words } from './words.ts';

effect(() => {
  document.title = `${words.value.title} · Pana`;
});

/** Those that few open on a phone at night are fetched when they are opened. */
const RotaPage = lazy(() => import('./rota/rota-page.tsx').then(({ RotaPage: page }) => page));
const CoveragePage = lazy(() =>
  import('./coverage/coverage-page.tsx').then(({ CoveragePage: page }) => page),
);
const VolunteersPage = lazy(() =>
  import('./volunteers/volunteers-page.tsx').then(page => page.VolunteersPage),
);
const LaddersPage = lazy(() => import('./ladders/ladders-page.tsx').then(page => page.LaddersPage));
const ContactsPage = lazy(() => import('./parts/contacts-page.tsx').then(page => page.ContactsPage));
const LinesPage = lazy(() => import('./parts/lines-page.tsx').then(page => page.LinesPage));
const RegionsPage = lazy(() => import('./parts/regions-page.tsx').then(page => page.RegionsPage));
const SkillsPage = lazy(() => import('./parts/regions-page.tsx').then(page => page.SkillsPage));
const ReportsPage = lazy(() => import('./reports/reports-page.tsx').then(page => page.ReportsPage));
const MapPage = lazy(() => import('./map/map-page.tsx').then(page => page.MapPage));
const SettingsPage = lazy(() => import('./parts/settings-page.tsx').then(page => page.SettingsPage));

const pages = [
  { path: '/', name: 'now', needs: 'requests:read', page: NowPage },
  { path: '/rota', name: 'rota', needs: 'rota:read', page: RotaPage },
  { path: '/coverage', name: 'coverage', needs: 'rota:read', page: CoveragePage },
  { path: '/map', name: 'map', needs: 'rota:read', page: MapPage },
  { path: '/volunteers', name: 'volunteers', needs: 'volunteers:read', page: VolunteersPage },
  { path: '/contacts', name: 'contacts', needs: 'network:read', page: ContactsPage },
  { path: '/lines', name: 'lines', needs: 'network:read', page: LinesPage },
  { path: '/ladders', name: 'ladders', needs: 'network:read', page: LaddersPage },
  { path: '/reports', name: 'reports', needs: 'reports:read', page: ReportsPage },
  { path: '/settings', name: 'settings', needs: 'network:read', page: SettingsPage },
] as const;

/** Those that are found from another page, and those of which each part has an address. */
const further = [
  { path: '/contacts/:id', page: ContactsPage },
  { path: '/lines/:id', page: LinesPage },
  { path: '/ladders/:id', page: LaddersPage },
  { path: '/regions/:id?', page: RegionsPage },
  { path: '/skills/:id?', page: SkillsPage },
] as const;

export function Shell() {
  const { title } = words.value;
  return (
    // After a sign-in the address is another: it is read anew.
    <LocationProvider key={session.value.kind}>
      <SkipLink />
      <header class="container-fluid top">
        <h1>{title}</h1>
        <div class="choices">
          <Choices />
          {session.value.kind === 'signed-in' && <Who role={session.value.role} />}
        </div>
        {session.value.kind === 'signed-in' && <Ways />}
      </header>
      <main class="container-fluid" id="content" tabindex={-1}>
        {session.value.kind === 'signed-in' ? <Pages /> : <SignIn />}
      </main>
    </LocationProvider>
  );
}

function Who({ role }: { readonly role: Role }) {
  const { signIn: said, roles } = words.value;
  return (
    <>
      <span class="who">{roles[role]}</span>
      <button type="button" class="outline secondary small" onClick={() => void signOut()}>
        {said.out}
      </button>
    </>
  );
}

/** What her role lets her look at; the API refuses the rest all the same. */
function offered() {
  const { value } = session;
  return pages.filter(
    ({ needs }) =>
      value.kind === 'signed-in' && may({ role: value.role, only: null }, needs satisfies Permission),
  );
}

function Ways() {
  const { path } = useLocation();
  const { ways } = words.value;
  return (
    <nav aria-label={ways.title} class="ways">
      {offered().map(({ path: to, name }) => (
        <a key={to} href={to} aria-current={path === to || path.startsWith(`${to}/`) ? 'page' : undefined}>
          {ways[name]}
        </a>
      ))}
    </nav>
  );
}

function Pages() {
  const token = session.value.kind === 'signed-in' ? session.value.token : '';
  useEffect(() => {
    forgetPeople();
    void loadNetwork();
  }, [token]);
  // Whoever may not see requests, as an auditor, begins at the first page that is hers.
  const begin = offered()[0]?.page ?? NowPage;
  return (
    <Router>
      {[...offered(), ...further].map(({ path, page }) => (
        <Route key={path} path={path} component={page} />
      ))}
      <Route path="/requests/:requestId" component={RequestPage} />
      <Route default component={begin} />
    </Router>
  );
}

function SignIn() {
  const { signIn: said } = words.value;
  const { value } = session;
  if (value.kind !== 'signed-out') return <p aria-busy="true">{said.beginning}</p>;
  return (
    <section class="sign-in">
      <h2>{said.title}</h2>
      <p role={value.because === 'first' ? undefined : 'alert'}>{said.because[value.because]}</p>
      <button type="button" onClick={() => void signIn()}>
        {said.in}
      </button>
    </section>
  );
}
