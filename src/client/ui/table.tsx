import type { ReactNode } from "react";
import { ScrollRegion } from "./scroll-region.tsx";
import classes from "./table.module.css";

export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** The column's name, said in each cell where rows are stacked. */
  readonly label?: string;
}

interface TableProps<Row> {
  /** The first one names the rows. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** What the style sheet knows of a row. */
  rowData?: (row: Row) => Readonly<Record<`data-${string}`, boolean | undefined>>;
  /** In place of how the tables of a page look. */
  className?: string | undefined;
}

/** A table whose rows have names. */
export function Table<Row extends { readonly key: string }>(props: TableProps<Row>) {
  const { columns, rows, rowData, className = classes.table } = props;
  const [names, ...others] = columns;
  return (
    <table className={className}>
      <thead>
        <tr>
          {columns.map(({ key, title }) => (
            <th key={key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} {...rowData?.(row)}>
            <th scope="row">{names?.cell(row)}</th>
            {others.map(({ key, cell, label }) => (
              <td key={key} data-label={label}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface StackedTableProps<Row> extends Omit<TableProps<Row>, "className"> {
  /** Of the region that scrolls. */
  label: string;
  /** Every column has a label: no heading is needed above the cells. */
  isLabelled?: boolean;
  /** Its cells are amounts with their units. */
  isWide?: boolean;
}

/**
 * A table that scrolls by itself and, where even that has too little room,
 * stacks each row's cells below its name.
 */
export function StackedTable<Row extends { readonly key: string }>(props: StackedTableProps<Row>) {
  const { label, isLabelled = false, isWide = false, ...table } = props;
  return (
    <div className={`${classes.scrolled} ${isWide ? classes.wide : ""}`}>
      <ScrollRegion label={label}>
        <Table
          {...table}
          className={`${classes.table} ${classes.stacked} ${isLabelled ? classes.labelled : ""}`}
        />
      </ScrollRegion>
    </div>
  );
}
