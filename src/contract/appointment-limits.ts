export const mostAppointments = 100;
