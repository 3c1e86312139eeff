import { dashboardWords } from "../../i18n/dashboard-words.ts"

/** How many stand on one page of a list. */
export const pageLength = 25

interface PagingProps {
  readonly offset: number
  readonly total: number
  readonly onTurn: (offset: number) => void
}

/** Turns the pages of a list that is longer than one. */
export function Paging({ offset, total, onTurn }: PagingProps) {
  const say = dashboardWords.useWords()
  if (total <= pageLength) return null
  const last = Math.min(offset + pageLength, total)
  return (
    <nav className="paging" aria-label={say("part.page")}>
      <button type="button" className="button" disabled={offset === 0} onClick={() => onTurn(Math.max(0, offset - pageLength))}>
        {say("part.earlier")}
      </button>
      <p className="small soft" role="status">
        {say("part.shown", { from: offset + 1, to: last, total })}
      </p>
      <button type="button" className="button" disabled={last >= total} onClick={() => onTurn(offset + pageLength)}>
        {say("part.later")}
      </button>
    </nav>
  )
}
