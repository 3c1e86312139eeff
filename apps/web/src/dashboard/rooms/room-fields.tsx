import { limits } from "@conclave/wire"
import { ChevronRight } from "lucide-react"
import { useId } from "react"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { ChoiceField, Field } from "../../ui/field.tsx"
import { SwitchRow } from "../../ui/switch-row.tsx"
import { roomRoles, troublesIn, withRoles, type RoomDraft } from "./room-draft.ts"

interface FieldsProps {
  readonly draft: RoomDraft
  readonly onChange: (draft: RoomDraft) => void
  /** Once something was sent, what is wrong is said. */
  readonly isTried: boolean
  /** The server says that another room has this address. */
  readonly isTaken: boolean
  /** A room sealed by link: its address and who may come by it mean nothing. */
  readonly isByLink?: boolean
}

/** What is known of a room beside its encryption: name, address and door first, the rest folded away. */
export function RoomFields({ draft, onChange, isTried, isTaken, isByLink = false }: FieldsProps) {
  const say = dashboardWords.useWords()
  const wrong = isTried ? troublesIn(draft) : []
  const friendlyTrouble = wrong.includes("friendly") ? say("room.friendly-wrong") : isTaken ? say("room.friendly-taken") : undefined
  return (
    <>
      <Field
        label={say("room.name")}
        note={say("room.name-note")}
        value={draft.topic}
        maxLength={500}
        onChange={(topic) => onChange({ ...draft, topic })}
      />
      {!isByLink && (
        <>
          <Field
            label={say("room.friendly")}
            note={say("room.friendly-note")}
            trouble={friendlyTrouble}
            value={draft.friendly}
            maxLength={32}
            isCode
            onChange={(friendly) => onChange({ ...draft, friendly: friendly.toLowerCase() })}
          />
          <Door draft={draft} onChange={onChange} />
        </>
      )}
      <details open={wrong.some((field) => field !== "friendly") || undefined}>
        <summary>
          <ChevronRight className="icon s" aria-hidden="true" />
          {say("room.more")}
        </summary>
        <div className="form">
          <Roles draft={draft} onChange={onChange} trouble={wrong.includes("roles") ? say("room.roles-none") : undefined} />
          <Field
            label={say("room.most")}
            note={say("room.most-note")}
            trouble={wrong.includes("most") ? say("room.most-wrong", { most: limits.members }) : undefined}
            value={draft.most}
            inputMode="numeric"
            maxLength={4}
            onChange={(most) => onChange({ ...draft, most })}
          />
          <Expiry value={draft.expiry} onChange={(expiry) => onChange({ ...draft, expiry })} />
          <Field
            label={say("room.tags")}
            note={say("room.tags-note")}
            trouble={wrong.includes("tags") ? say("room.tags-wrong") : undefined}
            value={draft.tags}
            onChange={(tags) => onChange({ ...draft, tags })}
          />
          <SwitchRow
            label={say("room.lock")}
            note={say("room.lock-note")}
            isOn={draft.isLocked}
            onChange={(isLocked) => onChange({ ...draft, isLocked })}
          />
        </div>
      </details>
    </>
  )
}

type PartProps = Pick<FieldsProps, "draft" | "onChange">

function Door({ draft, onChange }: PartProps) {
  const say = dashboardWords.useWords()
  const name = useId()
  return (
    <fieldset>
      <legend className="label">{say("privacy.legend")}</legend>
      {(["private", "public"] as const).map((privacy) => (
        <label key={privacy} className="pick">
          <input type="radio" name={name} checked={draft.privacy === privacy} onChange={() => onChange({ ...draft, privacy })} />
          <span>{say(`privacy.${privacy}`)}</span>
        </label>
      ))}
      <p className="small soft">{say("privacy.note")}</p>
    </fieldset>
  )
}

function Roles({ draft, onChange, trouble }: PartProps & { readonly trouble: string | undefined }) {
  const say = dashboardWords.useWords()
  const id = useId()
  return (
    <>
      <fieldset aria-describedby={id}>
        <legend className="label">{say("room.roles")}</legend>
        {roomRoles.map((role) => (
          <label key={role} className="pick">
            <input
              type="checkbox"
              checked={draft.roles.includes(role)}
              onChange={({ target }) =>
                onChange(withRoles(draft, target.checked ? [...draft.roles, role] : draft.roles.filter((one) => one !== role)))
              }
            />
            <span>{say(`room.role.${role}`)}</span>
          </label>
        ))}
        <p className="trouble" id={id}>
          {trouble}
        </p>
      </fieldset>
      <ChoiceField
        label={say("room.default-role")}
        note={say("room.default-role-note")}
        value={draft.defaultRole}
        choices={draft.roles.map((role) => ({ name: role, label: say(`room.role.${role}`) }))}
        isDisabled={draft.roles.length === 0}
        onChoose={(defaultRole) => onChange({ ...draft, defaultRole })}
      />
    </>
  )
}

function Expiry({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const say = dashboardWords.useWords()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{say("room.expiry")}</label>
      <input
        className="input"
        type="datetime-local"
        id={id}
        value={value}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className="note" id={`${id}-note`}>
        {say("room.expiry-note")}
      </p>
    </div>
  )
}
