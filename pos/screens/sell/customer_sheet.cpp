#include "pos/screens/sell/customer_sheet.h"

#include <algorithm>

#include "core/base/text.h"

namespace pos {

namespace {

using ui::Rect;
constexpr std::string_view name_id = "customer-name", email_id = "customer-email";

// An address is needed only where it is all that is asked for.
bool is_acceptable(const CustomerInput& input) {
  const std::string_view email = core::trim(input.customer.email);
  if (email.empty()) return !input.mail_again;
  return core::is_email(email);
}

// What is typed so far, to find who has bought before.
std::string typed(const CustomerInput& input) {
  const std::string text = input.customer.name + " " + input.customer.email;
  return std::string(core::trim(text));
}

// Two letters say something.
bool is_asking(const CustomerInput& input) {
  return core::code_points(core::fold(typed(input))).size() >= 2;
}

bool is_shown(const CustomerInput& input, const core::Customer& known) {
  return known.name != core::trim(input.customer.name) ||
         known.email != core::trim(input.customer.email);
}

// Name and address side by side where there is room, so that the sheet stays
// low enough for the keyboard.
struct CustomerPlaces {
  Rect sheet, name, email, mistake, known, languages, foot;
};
CustomerPlaces places(const ui::Ui& ui, const CustomerView& view, bool has_keyboard) {
  CustomerPlaces at;
  const bool is_wide = ui.width() >= 800;
  const int height = is_wide ? 312 : 424;
  at.sheet = sheet_place(ui, is_wide ? 864 : 640, height, has_keyboard);
  const int x = at.sheet.x + 24, w = at.sheet.w - 48,
            y = at.sheet.y + (at.sheet.h < 300 ? 88 : 104);
  const int half = is_wide ? (w - 16) / 2 : w;
  if (view.has_name) at.name = {x, y, half, 56};
  at.email = !view.has_name ? Rect{x, y, w, 56}
             : is_wide      ? Rect{x + w - half, y, half, 56}
                            : Rect{x, y + 96, w, 56};
  at.mistake = {at.email.x, at.email.bottom() + 4, at.email.w, 20};
  at.foot = {x, at.sheet.bottom() - 24 - 56, w, 56};
  const int room = at.foot.y - at.email.bottom() - 16;
  at.known = {x, at.email.bottom() + 8, w, std::clamp(room, 40, 48)};
  if (view.has_name && is_wide) {
    at.languages = {x, at.foot.y, std::min(264, w / 3), 56};
    at.foot.x += at.languages.w + 24;
    at.foot.w -= at.languages.w + 24;
  } else if (view.has_name) {
    at.languages = {x, at.foot.y - 80, w, 56};
  }
  return at;
}

ui::KeyboardKind keyboard_kind(const ui::Ui& ui) {
  return ui.has_focus(email_id) ? ui::KeyboardKind::email : ui::KeyboardKind::text;
}

// Where the language stands when nobody is offered.
bool covers(const CustomerPlaces& at, const Rect& place) {
  return place.y < at.known.bottom() + 8 && place.bottom() > at.known.y;
}

std::optional<core::Customer> draw_known(ui::Ui& ui, const Rect& rect,
                                         const std::vector<core::Customer>& known) {
  const std::size_t columns = rect.w >= 800 ? 3 : 2;
  const int w = (rect.w - 8 * (static_cast<int>(columns) - 1)) / static_cast<int>(columns);
  std::optional<core::Customer> tapped;
  for (std::size_t i = 0; i < std::min(columns, known.size()); ++i) {
    const bool has_name = !known[i].name.empty();
    const Rect place{rect.x + static_cast<int>(i) * (w + 8), rect.y, w, rect.h};
    if (ui::button(ui, place,
                   {.label = has_name ? known[i].name : known[i].email,
                    .icon = ui::icons::person,
                    .second = has_name ? std::string_view(known[i].email) : std::string_view(),
                    .size = ui::Size::t1,
                    .align = ui::Align::left})) {
      tapped = known[i];
    }
  }
  return tapped;
}

}  // namespace

Questions wants(const Scene&, const CustomerInput& input) {
  if (!is_asking(input)) return {};
  return {core::AskCustomers{typed(input)}};
}

CustomerView present(const Scene& scene, const CustomerInput& input) {
  const Words& words = scene.words;
  CustomerView view;
  view.has_name = !input.mail_again;
  view.title = words(view.has_name ? "Customer" : "Send receipt by e-mail");
  view.name_label = words("Name");
  view.email_label = words("E-mail address");
  view.language_label = words("Language of the receipt");
  view.name_hint = words("First and last name");
  view.email_hint = words("for the receipt");
  if (input.was_tried && !is_acceptable(input))
    view.mistake = words("This is not an e-mail address.");
  const std::string& chosen =
      input.customer.language.empty() ? scene.till.settings.shop.language : input.customer.language;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    view.languages.emplace_back(name_of(languages[i]));
    if (code_of(languages[i]) == chosen) view.language = i;
  }
  if (is_asking(input) && scene.found.customers.text == typed(input)) {
    for (const core::Customer& known : scene.found.customers.hits) {
      if (is_shown(input, known)) view.known.push_back(known);
    }
  }
  view.foot = foot(scene, words(view.has_name ? "Accept" : "Send"));
  return view;
}

CustomerTap draw(ui::Ui& ui, const CustomerView& view, CustomerInput& input, const Words& words) {
  const CustomerPlaces at = places(ui, view, input.keyboard.is_shown);
  const ui::Sheet sheet(ui, at.sheet, {.title = view.title, .can_dismiss = false});
  CustomerTap tap;
  if (is_left(ui, at.sheet, input.keyboard)) tap.foot = SheetTap::cancel;
  if (!ui.has_focus(name_id) && !ui.has_focus(email_id))
    ui.focus(view.has_name ? name_id : email_id);
  if (view.has_name) {
    const ui::FieldEvent name = ui::field(ui, at.name, input.customer.name,
                                          {.id = name_id,
                                           .placeholder = view.name_hint,
                                           .label = view.name_label,
                                           .icon = ui::icons::person,
                                           .most_bytes = 120});
    if (name == ui::FieldEvent::submitted) ui.focus(email_id);
  }
  const ui::FieldEvent email = ui::field(ui, at.email, input.customer.email,
                                         {.id = email_id,
                                          .placeholder = view.email_hint,
                                          .label = view.email_label,
                                          .icon = ui::icons::mail_outline,
                                          .most_bytes = 254,
                                          .has_error = !view.mistake.empty()});
  if (email == ui::FieldEvent::submitted) tap.foot = SheetTap::accept;
  if (!view.mistake.empty())
    ui::text(ui, at.mistake, view.mistake,
             {.weight = ui::Weight::medium, .colour = ui::Colour::bad});
  const bool offers = !view.known.empty() && view.mistake.empty();
  if (offers) tap.known = draw_known(ui, at.known, view.known);
  if (view.has_name && !(offers && covers(at, at.languages))) {
    const Rect label{at.languages.x, at.languages.y - 24, at.languages.w, 20};
    if (at.languages.y - 24 > at.email.bottom() && !(offers && covers(at, label)))
      ui::text(ui, label, view.language_label, {.colour = ui::Colour::text_2});
    tap.language = draw_choices(ui, at.languages, 2, view.languages, view.language);
  }
  const SheetTap foot = draw_foot(ui, at.foot, view.foot);
  if (foot != SheetTap::none) tap.foot = foot;
  draw_keyboard(ui, input.keyboard, words, keyboard_kind(ui));
  return tap;
}

SheetResult react(const CustomerTap& tap, CustomerInput& input) {
  if (tap.known) input.customer = *tap.known;
  if (tap.language) input.customer.language = code_of(languages[*tap.language]);
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.foot != SheetTap::accept && !tap.known) return {};
  input.was_tried = true;
  if (!is_acceptable(input)) return {};
  input.customer.email = core::trim(input.customer.email);
  input.customer.name = core::trim(input.customer.name);
  if (input.mail_again)
    return close_with(core::EmailReceipt{*input.mail_again, input.customer.email});
  if (input.of_order) return close_with(core::SetOrderCustomer{*input.of_order, input.customer});
  return close_with(core::SetCustomer{input.customer});
}

SheetResult run(ui::Ui& ui, const Scene& scene, CustomerInput& input) {
  SheetResult result = react(draw(ui, present(scene, input), input, scene.words), input);
  if (result.is_closed) ui.blur();
  return result;
}

}  // namespace pos
