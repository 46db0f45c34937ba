export const mostTiles = 60;
