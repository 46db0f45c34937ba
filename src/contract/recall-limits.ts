export const mostRecallPeople = 200;
