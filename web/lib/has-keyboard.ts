/** Whether people type without a keyboard on the screen, which on a phone must not open by itself. */
export const hasKeyboard = (): boolean => window.matchMedia('(pointer: fine)').matches
