import type { Words } from './commands.gen';

export const words = {
  unheard: {
    en: 'Pakka did not answer.',
    hi: 'पक्का ने जवाब नहीं दिया।',
  },
  unheard_hint: {
    en: 'Nothing was changed. Try once more; if it stays so, close Pakka and open it again.',
    hi: 'कुछ बदला नहीं है। एक बार और कीजिए; फिर भी न हो तो पक्का बंद करके दोबारा खोलिए।',
  },
} satisfies Record<string, Words>;
