import { refusalText } from "../../account/refusal-text.ts"
import { useAsking } from "../../account/use-asking.ts"
import { dashboardWords } from "../../i18n/dashboard-words.ts"
import { Ending } from "../parts/ending.tsx"
import { useMoments } from "../parts/moment.tsx"
import { Row } from "../parts/row.tsx"
import type { ShownWebhook } from "../shapes.ts"
import { Deliveries } from "./deliveries.tsx"
import { WebhookSettings } from "./webhook-settings.tsx"
import type { WebhookProps, WebhooksView } from "./webhooks-view.ts"

interface RowProps extends WebhookProps {
  readonly view: WebhooksView
  readonly onShown: (webhook: ShownWebhook) => void
  readonly isFirstOpen: boolean
}

/** One webhook: where to, whether it works; what was sent, its settings and its end unfold. */
export function WebhookRow({ of, view, actions, onShown, isFirstOpen }: RowProps) {
  const mayChange = view.mayChange(of.team_id)
  return (
    <Row
      name={of.name}
      title={<bdi>{of.name}</bdi>}
      sub={
        <>
          <bdi>{of.endpoint}</bdi>
          {view.teamName(of.team_id) !== undefined && (
            <>
              {" · "}
              <bdi>{view.teamName(of.team_id)}</bdi>
            </>
          )}
        </>
      }
      state={<State of={of} />}
      isFirstOpen={isFirstOpen}
      inside={
        <>
          <Deliveries of={of} mayChange={mayChange} actions={actions} />
          {mayChange && (
            <>
              <WebhookSettings key={of.updated_at} of={of} actions={actions} />
              <Rotate of={of} actions={actions} onShown={onShown} />
              <Delete of={of} actions={actions} />
            </>
          )}
        </>
      }
    />
  )
}

function State({ of }: Pick<WebhookProps, "of">) {
  const say = dashboardWords.useWords()
  const { moment: when } = useMoments()
  return (
    <>
      <span>{say(of.is_enabled ? "hooks.on" : of.disabled_because === "failing" ? "hooks.off-failing" : "hooks.off")}</span>
      {of.failing_since !== null && <span className="sub alert">{say("hooks.failing", { when: when(of.failing_since) })}</span>}
      {of.old_secret_until !== null && <span className="sub">{say("hooks.old-secret", { when: when(of.old_secret_until) })}</span>}
    </>
  )
}

/** How long the secret before signs too, in hours. */
const overlap = 24

function Rotate({ of, actions, onShown }: WebhookProps & Pick<RowProps, "onShown">) {
  const say = dashboardWords.useWords()
  const asking = useAsking()
  return (
    <div>
      <h2>{say("hooks.rotate")}</h2>
      <p className="small">{say("hooks.rotate-note")}</p>
      <p className="trouble" role="alert">
        {refusalText(asking.refusal, say)}
      </p>
      <button
        type="button"
        className="button"
        disabled={asking.isBusy}
        onClick={() => asking.ask(() => actions.rotate(of.id, overlap), onShown)}
      >
        {say("hooks.rotate-yes")}
      </button>
    </div>
  )
}

function Delete({ of, actions }: WebhookProps) {
  const say = dashboardWords.useWords()
  return (
    <div>
      <Ending
        word={say("hooks.delete")}
        title={say("hooks.delete-title", { name: of.name })}
        yes={say("hooks.delete-yes")}
        act={() => actions.remove(of.id)}
        onDone={actions.again}
      >
        <p>{say("hooks.delete-what")}</p>
      </Ending>
    </div>
  )
}
