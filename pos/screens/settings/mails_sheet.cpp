#include "pos/screens/settings/mails_sheet.h"

#include <array>

#include "core/base/text.h"
#include "pos/layout/mail_samples.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

using core::OutboxKind;

struct MailFace {
  OutboxKind kind;
  const char* word;
};
constexpr std::array<MailFace, 7> mail_faces{{
    {OutboxKind::mail_new_order, "New order, to the shop"},
    {OutboxKind::mail_confirmation, "Order confirmation"},
    {OutboxKind::mail_fulfilled, "It is on its way"},
    {OutboxKind::mail_ready, "Ready for pick-up"},
    {OutboxKind::mail_downloads, "Downloads and gift codes"},
    {OutboxKind::mail_expiring, "Authorisation expires, to the shop"},
    {OutboxKind::mail_fulfilment_service, "To the fulfilment service"},
}};

void read_mail(const Scene& scene, MailsInput& input) {
  const core::ShopSettings& shop = scene.till.settings.shop;
  const Words own(input.language);
  const Words& words = scene.translations ? (*scene.translations)(input.language) : own;
  input.mail = sample_mail(mail_faces[input.kind].kind, words, {shop, scene.templates_folder},
                           scene.instant, shop.currency);
}

}  // namespace

MailsInput open_mails(const Scene& scene) {
  MailsInput input;
  input.language = scene.words.language();
  read_mail(scene, input);
  return input;
}

MailsView present(const Scene& scene, const MailsInput& input) {
  const Words& words = scene.words;
  MailsView view;
  view.title = words("How the mails read");
  view.close = words("Close");
  for (const MailFace& face : mail_faces) view.kinds.emplace_back(words(face.word));
  view.languages = {std::string(name_of(Language::german)),
                    std::string(name_of(Language::english))};
  view.kind = input.kind;
  view.language = input.language == Language::german ? 0 : 1;
  if (input.mail) {
    view.subject = input.mail->subject;
    view.text = input.mail->text;
  } else {
    view.text = words("There is no template for this mail.");
  }
  return view;
}

MailsTap draw(ui::Ui& ui, const MailsView& view) {
  const ui::Rect at = sheet_of(ui, 720, 720);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  MailsTap tap{.is_closed = sheet.is_dismissed()};
  const int x = at.x + 24, width = at.w - 48, high = line_height(ui, ui::Size::t2);
  int y = at.y + 80;
  std::vector<ui::Chip> chips;
  const auto draw_row = [&](const std::vector<std::string>& words, std::size_t chosen,
                            std::string_view id) {
    chips.clear();
    for (std::size_t i = 0; i < words.size(); ++i) {
      chips.push_back({.label = words[i], .is_selected = i == chosen});
    }
    const auto tapped = ui::chips(ui, {x, y, width, 56}, chips, id);
    y += 64;
    return tapped;
  };
  tap.kind = draw_row(view.kinds, view.kind, "mail-kinds");
  tap.language = draw_row(view.languages, view.language, "mail-languages");
  ui::text(ui, {x, y, width, high}, view.subject,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold});
  y += high + 12;
  const ui::Rect body{x, y, width, at.bottom() - 24 - y};
  const int height = ui::paragraph_height(ui, width - 12, view.text, {});
  const ui::ScrollArea area(ui, body, "mail text", height);
  ui::paragraph(ui, {x, area.y(y), width - 12, height}, view.text);
  return tap;
}

bool react(const MailsTap& tap, const Scene& scene, MailsInput& input) {
  if (tap.kind) input.kind = static_cast<std::size_t>(*tap.kind);
  if (tap.language) input.language = *tap.language == 0 ? Language::german : Language::english;
  if (tap.kind || tap.language) read_mail(scene, input);
  return tap.is_closed;
}

TextSheetView mail_trial_sheet(const Scene& scene, const TextSheetInput& input) {
  const Words& words = scene.words;
  TextSheetView sheet;
  sheet.title = words("Send a test mail");
  sheet.explained = words("It goes out with the settings as they are now.");
  sheet.placeholder = words("E-mail address");
  sheet.confirm = words("Send");
  sheet.close = words("Close");
  sheet.kind = ui::KeyboardKind::email;
  sheet.layout = layout_of(words);
  sheet.can_confirm = core::is_email(core::trim(input.value));
  sheet.why_not = sheet.can_confirm ? "" : words("This is not an e-mail address.");
  return sheet;
}

std::string mail_trial_words(const Scene& scene) {
  const TrialAnswer& answer = scene.devices.mail_trial;
  switch (answer.state) {
    case TrialState::running:
      return std::string(scene.words("The test mail is on its way …"));
    case TrialState::good:
      return std::string(scene.words("The test mail was taken by the mail server."));
    case TrialState::bad:
      return scene.words.fill("The test mail was not sent: {}", {scene.words(answer.words)});
    case TrialState::none:
      break;
  }
  return {};
}

}  // namespace pos
