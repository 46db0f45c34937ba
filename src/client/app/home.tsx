import { useQuery } from "@tanstack/react-query";
import { Navigate } from "react-router";
import { glucoseRoles } from "#contract/staff.ts";
import { sessionQuery } from "../api/session.ts";

/** `/`: where each role's work begins. */
export function Home() {
  const role = useQuery(sessionQuery).data?.user.role;
  if (!role) return null;
  return <Navigate to={glucoseRoles.includes(role) ? "/patients" : "/work"} replace />;
}
