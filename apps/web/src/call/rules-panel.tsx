import { useState } from "react"
import { useWords } from "../i18n/use-words.ts"
import type { Say } from "../i18n/words.ts"
import type { RuleEdit, RulesActions, RulesView } from "../view/rules.ts"
import { Ask } from "./ask.tsx"
import { LinkEnd } from "./link-end.tsx"
import { Panel } from "./panel.tsx"
import { PasswordRule } from "./password-rule.tsx"
import { RuleSwitch } from "./rule-switch.tsx"
import { Topic } from "./topic.tsx"

interface RulesProps {
  readonly id: string
  readonly view: RulesView
  readonly actions: RulesActions
  readonly onClose: () => void
  readonly takesFocus: boolean
}

/** The signed policy in sentences. Hosts change it, everyone reads the same. */
export function RulesPanel({ id, view, actions, onClose, takesFocus }: RulesProps) {
  const say = useWords()
  return (
    <Panel id={id} title={say("rules.title")} onClose={onClose} takesFocus={takesFocus}>
      <p className="soft">{whoSets(view, say)}</p>
      <ComingIn view={view} edit={actions.edit} />
      <Doing view={view} edit={actions.edit} />
      {view.hasLink && <TheLink view={view} actions={actions} />}
      <PasswordRule hasPassword={view.rules.hasPassword} canEdit={view.canEdit} setPassword={actions.setPassword} />
      <Topic topic={view.rules.topic} canEdit={view.canEdit} edit={actions.edit} />
    </Panel>
  )
}

function whoSets({ canEdit, hosts }: RulesView, say: Say): string {
  if (canEdit) return say("rules.set-by")
  return hosts.length === 0 ? say("rules.read-only-nobody") : say("rules.read-only", { names: hosts.join(", ") })
}

interface PartProps {
  readonly view: RulesView
  readonly edit: (edit: RuleEdit) => void
}

function ComingIn({ view: { rules, canEdit, organisations }, edit }: PartProps) {
  const say = useWords()
  const simple = (set: "waitingRoom" | "isLocked" | "joinBeforeHost") => (
    <RuleSwitch
      label={say(`rules.${set}`)}
      note={say(`rules.${set}-what`)}
      isOn={rules[set]}
      canEdit={canEdit}
      onChange={(to) => edit({ set, to })}
    />
  )
  const counting = organisations.filter(({ doesCount }) => doesCount).map(({ name }) => name)
  return (
    <section aria-labelledby="rules-people">
      <h3 id="rules-people">{say("rules.people")}</h3>
      {simple("waitingRoom")}
      {simple("isLocked")}
      {simple("joinBeforeHost")}
      <RuleSwitch
        label={say("rules.guests")}
        note={guestsNote(counting, organisations.length > 0, say)}
        isOn={rules.minimumLevel === "guest"}
        canEdit={canEdit && (counting.length > 0 || rules.minimumLevel === "organisation")}
        onChange={(to) => edit({ set: "minimumLevel", to: to ? "guest" : "organisation" })}
      />
      {organisations.map(({ id, name, doesCount }) => (
        <RuleSwitch
          key={id}
          label={say("rules.organisation", { name })}
          note={say("rules.organisation-what")}
          isOn={doesCount}
          canEdit={canEdit}
          onChange={(to) => edit({ set: "organisation", id, to })}
        />
      ))}
    </section>
  )
}

function guestsNote(counting: readonly string[], couldCount: boolean, say: Say): string {
  if (counting.length > 0) return say("rules.guests-what", { names: counting.join(", ") })
  return say(couldCount ? "rules.guests-needs" : "rules.guests-only")
}

function Doing({ view: { rules, canEdit }, edit }: PartProps) {
  const say = useWords()
  return (
    <section aria-labelledby="rules-doing">
      <h3 id="rules-doing">{say("rules.doing")}</h3>
      <RuleSwitch
        label={say("rules.share")}
        note={say("rules.share-what")}
        isOn={rules.share === "everyone"}
        canEdit={canEdit}
        onChange={(to) => edit({ set: "share", to: to ? "everyone" : "hosts" })}
      />
      <RuleSwitch
        label={say("rules.joinAs")}
        note={say("rules.joinAs-what")}
        isOn={rules.joinAs === "member"}
        canEdit={canEdit}
        onChange={(to) => edit({ set: "joinAs", to: to ? "member" : "listener" })}
      />
    </section>
  )
}

function TheLink({ view: { rules, canEdit }, actions }: { view: RulesView; actions: RulesActions }) {
  const say = useWords()
  const [isAsking, ask] = useState(false)
  return (
    <section aria-labelledby="rules-link">
      <h3 id="rules-link">{say("rules.link")}</h3>
      <RuleSwitch
        label={say("rules.isSingleUse")}
        note={say("rules.isSingleUse-what")}
        isOn={rules.isSingleUse}
        canEdit={canEdit}
        onChange={(to) => actions.edit({ set: "isSingleUse", to })}
      />
      <LinkEnd expiry={rules.expiry} canEdit={canEdit} edit={actions.edit} />
      {canEdit && (
        <button type="button" className="button" onClick={() => ask(true)}>
          {say("rules.replace")}
        </button>
      )}
      {isAsking && (
        <Ask
          title={say("rules.replace-title")}
          yes={say("rules.replace-yes")}
          no={say("rules.keep")}
          isDanger
          onAnswer={(isYes) => {
            if (isYes) actions.replaceLink()
            ask(false)
          }}
        >
          {say("rules.replace-what")}
        </Ask>
      )}
    </section>
  )
}
