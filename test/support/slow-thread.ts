import { answerQuestions } from "#proxy/worker.ts";

/** Answers with what it was asked; `never` it does not. */
export type Question = "now" | "never";

answerQuestions((question: Question): Question => {
  while (question === "never");
  return question;
});
