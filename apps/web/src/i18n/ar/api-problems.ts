/** What REST v1 refuses, to people. Arabic. */
import type { PartOf } from "../words.ts"
import type { apiProblems as english } from "../en/api-problems.ts"

export const apiProblems: PartOf<typeof english> = {
  "api-problem.invalid": "في هذا النموذج شيء ليس كما يجب.",
  "api-problem.not-signed-in": "انتهت الجلسة. يلزم تسجيل الدخول من جديد للمتابعة.",
  "api-problem.denied": "دورك لا يسمح بذلك. يمكن سؤال مشرف في المؤسسة.",
  "api-problem.fresh-login-needed": "لم يتغير شيء. يلزم إثبات الهوية مرة أخرى لهذا الأمر.",
  "api-problem.friendly-url-taken": "غرفة أخرى تحمل هذا الاسم في رابطها. يلزم اختيار اسم آخر.",
  "api-problem.people-are-inside": "في الغرفة أشخاص. تمكن المحاولة بعد خروج الجميع.",
  "api-problem.no-call": "لا توجد مكالمة جارية في هذه الغرفة.",
  "api-problem.login-refused": "العنوان أو كلمة المرور غير صحيح.",
  "api-problem.code-refused": "الرمز غير صحيح أو سبق استعماله. يلزم انتظار الرمز التالي في التطبيق.",
  "api-problem.passkey-refused": "مفتاح المرور هذا لا يتبع أي حساب هنا. يمكن استعمال مفتاح آخر أو كلمة المرور.",
  "api-problem.ticket-used": "استغرق ذلك أكثر من خمس دقائق أو سبق إنجازه. يلزم البدء من جديد.",
  "api-problem.link-used": "استُعمل هذا الرابط أو سُحب أو مضى وقته. يمكن طلب رابط جديد ممن أعطاه.",
  "api-problem.password-refused": "تلزم كلمة مرور أخرى: من 10 إلى 200 حرف، ليست مما يُجرَّب أولًا وليست الاسم أو العنوان.",
  "api-problem.email-taken": "حساب آخر يحمل هذا العنوان. يلزم عنوان آخر، أو تسجيل الدخول.",
  "api-problem.role-not-yours": "منح هذا الدور أو سحبه ليس من صلاحياتك.",
  "api-problem.last-owner": "لن يبقى مالك بعد ذلك. يلزم أولًا جعل شخص آخر مالكًا.",
  "api-problem.team-in-use": "لا تزال للفريق غرف أو مفاتيح. يلزم نقلها أو حذفها أولًا.",
  "api-problem.no-authenticator-app": "لم يعد في هذا الحساب تطبيق مصادقة.",
  "api-problem.too-many-passkeys": "عدد مفاتيح المرور كافٍ. يلزم حذف واحد أولًا.",
  "api-problem.too-many": "محاولات كثيرة جدًا.",
  "api-problem.server-away": "الخادوم لا يجيب. لم يضع شيء هنا؛ تمكن المحاولة بعد لحظة.",
  "api-problem.other": "رفض الخادوم ذلك. يمكن تحميل الصفحة من جديد؛ وإن تكرر يلزم إبلاغ من يشغّله.",
  "api-problem.later-seconds": {
    zero: "تمكن المحاولة الآن.",
    one: "تمكن المحاولة بعد ثانية واحدة.",
    two: "تمكن المحاولة بعد ثانيتين.",
    few: "تمكن المحاولة بعد {count} ثوانٍ.",
    many: "تمكن المحاولة بعد {count} ثانية.",
    other: "تمكن المحاولة بعد {count} ثانية.",
  },
  "api-problem.later-minutes": {
    zero: "تمكن المحاولة الآن.",
    one: "تمكن المحاولة بعد دقيقة واحدة.",
    two: "تمكن المحاولة بعد دقيقتين.",
    few: "تمكن المحاولة بعد {count} دقائق.",
    many: "تمكن المحاولة بعد {count} دقيقة.",
    other: "تمكن المحاولة بعد {count} دقيقة.",
  },
}
