#include "pos/screens/customers/customer_edit.h"

#include <array>

#include "core/base/text.h"

namespace pos {

namespace {

using core::CustomerRecord;
namespace icons = ui::icons;

struct Known {
  std::string CustomerRecord::*place;
  const char* id;
  const char* label;
  ui::Icon icon;
  std::size_t most_bytes;
  ui::KeyboardKind keyboard;
};

// In the order of an address.
const std::array<Known, 10>& known_fields() {
  using enum ui::KeyboardKind;
  static const std::array<Known, 10> all{{
      {&CustomerRecord::name, "record-name", "Name", icons::person, 200, text},
      {&CustomerRecord::company, "record-company", "Company", icons::storefront, 200, text},
      {&CustomerRecord::street, "record-street", "Street and number", icons::none, 200, text},
      {&CustomerRecord::postcode, "record-postcode", "Postcode", icons::none, 20, text},
      {&CustomerRecord::city, "record-city", "City", icons::none, 200, text},
      {&CustomerRecord::country, "record-country", "Country", icons::none, 60, text},
      {&CustomerRecord::email, "record-email", "E-mail address", icons::mail_outline, 254, email},
      {&CustomerRecord::phone, "record-phone", "Phone", icons::phone, 60, text},
      {&CustomerRecord::vat_id, "record-vat", "VAT id", icons::none, 20, text},
      {&CustomerRecord::notes, "record-notes", "Notes", icons::edit_note, 2000, text},
  }};
  return all;
}

// Where an address is asked for, what else there is to say can wait.
std::size_t shown_fields(const CustomerEditInput& input) {
  return input.is_for_receipt ? known_fields().size() - 1 : known_fields().size();
}

std::string_view why_not(const CustomerEditInput& input) {
  const CustomerRecord record = core::tidied(record_on(input));
  if (const auto wrong = core::what_is_wrong(record); !wrong.empty()) return wrong;
  if (input.is_for_receipt && !record.has_address()) return "Please give street and city.";
  return "";
}

}  // namespace

CustomerEditInput edit_customer(const CustomerRecord& record) {
  CustomerEditInput input{record};
  input.language = record.language;
  for (const Known& field : known_fields()) input.fields.values.push_back(record.*field.place);
  return input;
}

CustomerEditInput new_customer(std::string_view name) {
  CustomerRecord record;
  record.name = core::trim(name);
  return edit_customer(record);
}

CustomerEditInput bill_customer(const core::Order& order) {
  CustomerRecord record;
  record.id = order.customer.record;
  record.name = order.customer.name;
  record.email = order.customer.email;
  record.language = order.customer.language;
  CustomerEditInput input = edit_customer(record);
  input.is_for_receipt = true;
  return input;
}

CustomerRecord record_on(const CustomerEditInput& input) {
  CustomerRecord record = input.record;
  record.language = input.language;
  for (std::size_t i = 0; i < input.fields.values.size() && i < known_fields().size(); ++i) {
    record.*known_fields()[i].place = input.fields.values[i];
  }
  return record;
}

FieldsView present(const Scene& scene, const CustomerEditInput& input) {
  const Words& words = scene.words;
  FieldsView view;
  view.title = words(input.is_for_receipt   ? "Address for the receipt"
                     : input.record.id == 0 ? "New customer"
                                            : "Change customer");
  view.keyboard_word = words("Keyboard");
  for (std::size_t i = 0; i < shown_fields(input); ++i) {
    const Known& field = known_fields()[i];
    view.fields.push_back({field.id, std::string(words(field.label)), "", field.icon,
                           field.most_bytes, field.keyboard});
  }
  FieldsView::Choice language{std::string(words("Language of the receipt")), {}, {}};
  const std::string& chosen =
      input.language.empty() ? scene.till.settings.shop.language : input.language;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    language.words.emplace_back(name_of(languages[i]));
    if (code_of(languages[i]) == chosen) language.chosen = i;
  }
  view.choices.push_back(std::move(language));
  if (!input.is_for_receipt) {
    FieldsView::Choice mail{std::string(words("May we mail offers?")),
                            {std::string(words("Yes")), std::string(words("No"))},
                            {}};
    const auto said = input.may_mail                  ? input.may_mail
                      : input.record.consents.empty() ? std::nullopt
                                                      : std::optional(input.record.may_mail());
    if (said) mail.chosen = *said ? 0 : 1;
    view.choices.push_back(std::move(mail));
  }
  view.foot = foot(scene, words("Save"), words(why_not(input)));
  return view;
}

SheetResult react(const FieldsTap& tap, const Scene& scene, CustomerEditInput& input) {
  if (tap.choice && tap.choice->first == 0) {
    input.language = code_of(languages[tap.choice->second]);
  }
  if (tap.choice && tap.choice->first == 1) input.may_mail = tap.choice->second == 0;
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.foot != SheetTap::accept || !why_not(input).empty()) return {};
  // It closes when it is saved: what was typed is not lost where it is refused.
  input.sent_at = scene.till.revision;
  if (input.is_for_receipt) return {say(core::BillTo{record_on(input)}), false};
  return {say(core::SaveCustomer{record_on(input), input.may_mail}), false};
}

SheetResult run(ui::Ui& ui, const Scene& scene, CustomerEditInput& input) {
  const bool is_saved = input.sent_at != 0 && scene.till.revision > input.sent_at;
  SheetResult result =
      is_saved ? close_sheet()
               : react(draw(ui, present(scene, input), input.fields, scene.words), scene, input);
  if (result.is_closed) ui.blur();
  return result;
}

}  // namespace pos
