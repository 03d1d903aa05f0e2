import { call, Latest } from '../ipc/call';
import type { Fault, GstinView, OpenView, ProfileRequest, ProfileView, Screen, SettingsSetRequest, SettingsView, StateView } from '../ipc/commands.gen';

/** The signboard being changed, and the settings of this PC, which are kept at once. */
export class SettingsDesk {
  profile = $state<ProfileRequest>(asRequest(null));
  kept = $state.raw<ProfileRequest>(asRequest(null));
  settings = $state.raw<SettingsView | null>(null);
  prefix = $state('');
  counter = $state('');
  states = $state.raw<StateView[]>([]);
  gstin = $state.raw<GstinView | null>(null);
  fault = $state.raw<Fault | null>(null);
  settingsFault = $state.raw<Fault | null>(null);
  saved = $state(false);
  busy = $state(false);
  #check = new Latest();

  readonly changed = $derived(JSON.stringify(this.profile) !== JSON.stringify(this.kept) || this.prefix !== (this.settings?.series_prefix ?? '') || this.counter !== (this.settings?.counter_name ?? ''));

  constructor(open: OpenView) {
    this.profile = asRequest(open.profile);
    this.kept = asRequest(open.profile);
    this.settings = open.settings;
    this.prefix = open.settings.series_prefix;
    this.counter = open.settings.counter_name;
  }

  async begin(): Promise<void> {
    const [states, settings] = await Promise.all([call('profile_states', {}), call('settings_get', {})]);
    if (states.ok) this.states = states.view;
    // Bills were made since the shop was opened: the next number is another.
    if (settings.ok) this.settings = settings.view;
  }

  async typeGstin(text: string): Promise<void> {
    const gstin = text.toUpperCase().replace(/\s/g, '');
    this.profile.gstin = gstin;
    if (gstin.length < 15) {
      this.#check.forget();
      this.gstin = null;
      return;
    }
    const answer = await this.#check.ask(() => call('profile_gstin', { gstin }));
    if (!answer?.ok) return;
    this.gstin = answer.view;
    if (answer.view.state) this.profile.state = answer.view.state.code;
  }

  leave(): void {
    this.profile = { ...this.kept };
    this.prefix = this.settings?.series_prefix ?? '';
    this.counter = this.settings?.counter_name ?? '';
    this.fault = null;
    this.gstin = null;
  }

  /** Keeps the signboard and the number series; gives back what the shop made of it. */
  async keep(): Promise<{ profile: ProfileView | null; settings: SettingsView | null }> {
    const kept = { profile: null as ProfileView | null, settings: null as SettingsView | null };
    if (!this.changed || this.busy) return kept;
    this.busy = true;
    this.fault = null;
    this.settingsFault = null;
    if (this.prefix !== this.settings?.series_prefix) kept.settings = await this.set({ series_prefix: this.prefix.trim() });
    if (!this.settingsFault && this.counter !== this.settings?.counter_name) kept.settings = await this.set({ counter_name: this.counter.trim() });
    if (!this.settingsFault) {
      const answer = await call('profile_set', { profile: $state.snapshot(this.profile) });
      if (answer.ok) {
        kept.profile = answer.view;
        this.kept = asRequest(answer.view);
        this.profile = asRequest(answer.view);
        this.saved = true;
      } else {
        this.fault = answer.fault;
      }
    }
    this.busy = false;
    return kept;
  }

  async set(request: SettingsSetRequest): Promise<SettingsView | null> {
    const answer = await call('settings_set', request);
    this.settingsFault = answer.ok ? null : answer.fault;
    if (!answer.ok) return null;
    this.settings = answer.view;
    return answer.view;
  }

  async screen(view: Screen): Promise<void> {
    const answer = await call('desk_screen', view);
    this.settingsFault = answer.ok ? null : answer.fault;
  }
}

function asRequest(view: ProfileView | null): ProfileRequest {
  return {
    name: view?.name ?? '', legal_name: view?.legal_name ?? '', street: view?.street ?? '', city: view?.city ?? '', pin_code: view?.pin_code ?? '',
    state: view?.state ?? '', gstin: view?.gstin ?? '', scheme: view?.scheme ?? 'regular', turnover: view?.turnover ?? 'upto_5_crore',
    phone: view?.phone ?? '', fssai: view?.fssai ?? '', upi_id: view?.upi_id ?? '', footer: view?.footer ?? '',
  };
}
