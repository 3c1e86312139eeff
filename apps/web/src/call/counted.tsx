import { useId, type ReactNode } from "react"

interface CountedProps {
  readonly title: string
  readonly count: number
  readonly className?: string
  /** The list, and what can be done with all of it. */
  readonly children: ReactNode
}

/** A part of a panel that lists people; its heading says how many. */
export function Counted({ title, count, className, children }: CountedProps) {
  const id = useId()
  return (
    <section className={className} aria-labelledby={id}>
      <h3 id={id}>
        {title} <span className="soft">{count}</span>
      </h3>
      {children}
    </section>
  )
}
