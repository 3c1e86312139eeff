import { useId, type ReactNode } from "react"

interface SectionProps {
  readonly title: string
  /** Beside the title. */
  readonly beside?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** A part of a page under its own heading. */
export function Section({ title, beside, children, className = "" }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={`part ${className}`}>
      <div className="title-row">
        <h2 id={id}>{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  )
}
