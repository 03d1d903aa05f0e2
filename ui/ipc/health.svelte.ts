/** Whether the shop answered the last time it was asked. The top bar's promise rests on it. */
class Health {
  answers = $state(true);
}

export const health = new Health();
