/** Types of columns that the two databases give differently. */

import type { ColumnType } from "kysely"

/** PostgreSQL's driver gives 64-bit numbers as text. */
export type Whole = ColumnType<number | string, number, number>
export type MaybeWhole = ColumnType<number | string | null, number | null, number | null>

export const numberOrNone = (value: number | string | null): number | undefined => (value === null ? undefined : Number(value))
