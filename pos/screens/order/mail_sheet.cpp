#include "pos/screens/order/mail_sheet.h"

#include "core/base/text.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/widgets.h"

namespace pos {

MailView present(const Scene& scene, const core::Order& order, const MailInput& input) {
  const Words& words = scene.words;
  const std::string_view email = core::trim(input.email);
  MailView view;
  view.title = words.fill("E-mail the receipt of {}", {order.number});
  view.explanation = words("It is sent as soon as there is a network.");
  view.hint = words("E-mail address");
  view.send = words.with("button", "Send");
  view.cancel = words("Cancel");
  if (email.empty()) {
    view.why_not = words("Enter an e-mail address first.");
  } else if (!core::is_email(email)) {
    view.why_not = words("This is not an e-mail address.");
    // While it is being typed it is only unfinished, not wrong.
    view.has_error = email.find_first_of(" ,;<>") != std::string_view::npos;
  }
  return view;
}

MailTap draw(ui::Ui& ui, const MailView& view, MailInput& input) {
  MailTap tap = MailTap::none;
  const int words = line_height(ui, ui::Size::t1) * 2;
  ui::Rect rect = sheet_of(ui, 560, 80 + 56 + 16 + words + 24 + 56 + 24);
  // The on-screen keyboard has the lower half.
  rect.y = std::min(rect.y, ui::measure::strip + ui::measure::gap);
  if (ui.focused().empty()) ui.focus("receipt-email");
  ui::Sheet sheet(ui, rect, {.title = view.title, .close_word = view.cancel});
  const ui::Rect field{rect.x + 24, rect.y + 80, rect.w - 48, 56};
  const auto event = ui::field(ui, field, input.email,
                               {.id = "receipt-email",
                                .placeholder = view.hint,
                                .icon = ui::icons::alternate_email,
                                .most_bytes = 254,
                                .has_error = view.has_error});
  const bool is_wrong = view.has_error;
  ui::paragraph(ui, {field.x, field.bottom() + 16, field.w, words},
                is_wrong ? view.why_not : view.explanation,
                {.colour = is_wrong ? ui::Colour::bad : ui::Colour::text_2});
  const int y = rect.bottom() - 80, half = (field.w - 8) / 2;
  if (ui::button(ui, {field.x, y, half, 56},
                 {.label = view.cancel, .kind = ui::ButtonKind::line})) {
    tap = MailTap::cancel;
  }
  const bool can_send = view.why_not.empty();
  if (ui::button(ui, {field.x + half + 8, y, half, 56},
                 {.label = view.send,
                  .kind = ui::ButtonKind::main,
                  .icon = ui::icons::mail_outline,
                  .key = ui::Key::enter,
                  .enabled = can_send,
                  .why_not = view.why_not}) ||
      (event == ui::FieldEvent::submitted && can_send)) {
    tap = MailTap::send;
  }
  if (sheet.is_dismissed()) tap = MailTap::cancel;
  if (tap != MailTap::none) ui.blur();
  return tap;
}

Reaction react(MailTap tap, const Scene& scene, core::OrderId order, MailInput& input) {
  if (tap == MailTap::none) return {};
  input.is_open = false;
  if (tap == MailTap::cancel) return {};
  const std::string email(core::trim(input.email));
  Reaction reaction = say(core::EmailReceipt{order, email});
  reaction.toast = scene.words.fill("The receipt goes to {}.", {email});
  return reaction;
}

Reaction run(ui::Ui& ui, const Scene& scene, const core::Order& order, MailInput& input) {
  const MailView view = present(scene, order, input);
  return react(draw(ui, view, input), scene, order.id, input);
}

}  // namespace pos
