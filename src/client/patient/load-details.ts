/** The sections below the curve, which nothing of them may hold up. */
export const loadDetails = () => import("./patient-details.tsx");
