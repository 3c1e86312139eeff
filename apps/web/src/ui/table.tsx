import type { ReactNode } from "react"
import "../styles/table.css"

interface TableProps<Row> {
  /** What the table is of, for screen readers. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Said in place of the rows when there are none. */
  readonly empty: string
}

export interface Column<Row> {
  readonly name: string
  readonly cell: (row: Row) => ReactNode
  /** Numbers stand at the end, so that they can be compared. */
  readonly isNumber?: boolean
  /** Heads its row: the first column unless said. */
  readonly isHead?: boolean
  /** Buttons: the name of the column is for screen readers only. */
  readonly isActions?: boolean
}

/** Rows under named columns; on a narrow screen each row is a card, and each cell says its column. */
export function Table<Row>({ caption, columns, rows, keyOf, empty }: TableProps<Row>) {
  if (rows.length === 0) return <p className="empty">{empty}</p>
  return (
    <table className="table">
      <caption className="hidden-text">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, isNumber, isActions }) => (
            <th key={name} scope="col" className={isNumber === true ? "number" : undefined}>
              <span className={isActions === true ? "hidden-text" : undefined}>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, index) => (
              <Cell key={column.name} column={column} row={row} isFirst={index === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell<Row>({ column, row, isFirst }: { readonly column: Column<Row>; readonly row: Row; readonly isFirst: boolean }) {
  const { name, cell, isNumber, isHead = isFirst, isActions } = column
  const look = [isNumber === true && "number", isActions === true && "does"].filter(Boolean).join(" ")
  const inside = (
    <>
      {!isHead && isActions !== true && (
        <span className="column" aria-hidden="true">
          {name}
        </span>
      )}
      <span className="cell">{cell(row)}</span>
    </>
  )
  return isHead ? (
    <th scope="row" className={look}>
      {inside}
    </th>
  ) : (
    <td className={look}>{inside}</td>
  )
}
