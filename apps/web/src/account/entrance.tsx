import { useEffect, useRef, type ReactNode } from "react"
import { accountWords } from "../i18n/account-words.ts"
import { Page } from "../ui/page.tsx"
import { useTitle } from "../ui/use-title.ts"
import "../styles/account.css"

interface EntranceProps {
  readonly title: string
  readonly lead?: ReactNode
  /** A later step of the same page: focus goes to its heading, so that it is read out. */
  readonly isNext?: boolean
  readonly children?: ReactNode
}

/** A page for who is nobody yet: one heading, one form. */
export function Entrance({ title, lead, isNext = false, children }: EntranceProps) {
  const say = accountWords.useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(`${title} · ${say("app.name")}`)
  useEffect(() => {
    // Not away from a field that has taken it.
    if (isNext && document.activeElement === document.body) heading.current?.focus()
  }, [isNext, title])
  return (
    <Page className="entrance">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </Page>
  )
}
