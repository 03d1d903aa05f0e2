import type { Words } from '../ipc/commands.gen';

export const words = {
  print: { en: 'Print the sheet', hi: 'कागज़ छापें' },
  save: { en: 'Save as PDF', hi: 'PDF सेव करें' },
  printed: { en: 'Sent to {printer}.', hi: '{printer} को भेजा।' },
  printed_text: { en: 'Look whether it came out whole, and take it from the tray at once.', hi: 'देखिए कि पूरा छपा, और ट्रे से तुरंत उठा लीजिए।' },
  no_printer: { en: 'No printer was found.', hi: 'कोई प्रिंटर नहीं मिला।' },
  no_printer_secret: { en: 'Write the six groups down by hand, or save the sheet as PDF.', hi: 'छहों हिस्से हाथ से लिखिए, या कागज़ PDF में सेव कीजिए।' },
  no_printer_text: { en: 'Save the sheet as PDF.', hi: 'कागज़ PDF में सेव कीजिए।' },
  saved: { en: 'Saved: {path}', hi: 'सेव हुआ: {path}' },
  saved_secret: { en: 'Print it, then delete the file. Whoever has it has the shop.', hi: 'छापिए, फिर फाइल मिटाइए। जिसके पास यह है, दुकान उसकी है।' },
  saved_text: { en: 'Print it and keep it outside the shop.', hi: 'छापिए और दुकान से बाहर रखिए।' },
  save_title: { en: 'Whoever has this file has the shop', hi: 'जिसके पास यह फाइल है, दुकान उसकी है' },
  save_text: {
    en: 'The PDF holds the recovery code in clear. Anybody who finds it, and a copy of the shop’s data, needs neither PIN nor phone.',
    hi: 'PDF में बचाव कोड खुला लिखा है। जिसे यह और दुकान के डेटा की कॉपी मिल जाए, उसे न PIN चाहिए न फोन।',
  },
  save_how: {
    en: 'Choose a stick that you take home. Print from it elsewhere, then delete the file. Never a folder that goes to the cloud.',
    hi: 'ऐसी पेन ड्राइव चुनिए जो घर ले जाएँ। कहीं और छापकर फाइल मिटा दीजिए। क्लाउड पर जाने वाला फोल्डर कभी नहीं।',
  },
  save_leave: { en: 'Leave it', hi: 'रहने दें' },
  save_choose: { en: 'Choose a folder', hi: 'फोल्डर चुनें' },
  check_due: { en: 'Look for the recovery paper', hi: 'बचाव का कागज़ ढूँढिए' },
  check_title: { en: 'Where is the recovery paper?', hi: 'बचाव का कागज़ कहाँ है?' },
  check_since: {
    en: 'Nobody has looked at it since {day}. Without it, a lost phone or PIN shuts the shop for good.',
    hi: '{day} से उसे किसी ने नहीं देखा। उसके बिना फोन या PIN खोया तो दुकान हमेशा के लिए बंद।',
  },
  check_unknown: {
    en: 'It is not known when it was last looked at. Without it, a lost phone or PIN shuts the shop for good.',
    hi: 'पता नहीं उसे पिछली बार कब देखा गया। उसके बिना फोन या PIN खोया तो दुकान हमेशा के लिए बंद।',
  },
  check_look: {
    en: 'Fetch it and see that all six groups can be read. Then put it back where it was, outside the shop.',
    hi: 'उसे निकालकर देखिए कि छहों हिस्से पढ़े जाते हैं। फिर वहीं रख दीजिए, दुकान से बाहर।',
  },
  check_group: { en: 'Group {n}, from the paper', hi: 'कागज़ का हिस्सा {n}' },
  check_first: { en: 'Type the group first', hi: 'पहले हिस्सा लिखें' },
  check_yes: { en: 'The paper is there', hi: 'कागज़ है' },
  check_seen: { en: 'I have looked at it', hi: 'मैंने देख लिया' },
  check_later: { en: 'Not now', hi: 'अभी नहीं' },
  working: { en: 'One moment', hi: 'एक पल' },
  stolen_title: { en: 'If this PC is stolen', hi: 'अगर यह PC चोरी हो जाए' },
  stolen_text: {
    en: 'One page to keep with the recovery code: what is protected, whom to call, how to sell again, what to change.',
    hi: 'बचाव कोड के साथ रखने का एक पन्ना: क्या सुरक्षित है, किसे फोन करें, फिर कैसे बेचें, क्या बदलें।',
  },
} satisfies Record<string, Words>;
