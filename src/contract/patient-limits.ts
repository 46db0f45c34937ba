export const uidMaxLength = 64;
export const nameMaxLength = 120;
export const mostTags = 20;
export const tagMaxLength = 40;
export const reasonMaxLength = 200;
