import { ActsRegion } from "../acts/acts-region.tsx";
import { ReviewHead } from "../acts/review-figures.tsx";
import { RowActs, RowMarks } from "../acts/row-acts.tsx";
import { RosterPage } from "../roster/roster-page.tsx";

const slots = { Acts: RowActs, MarksNote: RowMarks, Head: ReviewHead };

/** `/patients`: the list, with what can be done in each row. */
export const RosterRoute = () => (
  <ActsRegion>
    <RosterPage slots={slots} />
  </ActsRegion>
);
