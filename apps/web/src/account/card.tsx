import { useId, type ReactNode } from "react"

interface CardProps {
  readonly title: string
  readonly children: ReactNode
  /** As wide as the page. */
  readonly isWhole?: boolean
}

/** One subject of the page. */
export function Card({ title, children, isWhole = false }: CardProps) {
  const id = useId()
  return (
    <section className={isWhole ? "card whole" : "card"} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
