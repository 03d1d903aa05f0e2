import type { RecoveryView, SetupBeginView } from '../ipc/commands.gen';

/** What the step of the phone needs: the secret it shows, the code it takes. */
export interface PhoneKeys { readonly secret: SetupBeginView | null; code: string }

/** What the steps of the paper need: the recovery code as shown once, and the groups typed back. */
export interface PaperKeys { readonly recovery: RecoveryView | null; answers: [string, string] }

/** What the step of the owner needs: a name, and a PIN typed twice. */
export interface OwnerKeys { owner_name: string; pin: string; pin_again: string }
