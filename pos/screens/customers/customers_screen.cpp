#include "pos/screens/customers/customers_screen.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::CustomerRecord;
namespace icons = ui::icons;

std::string trimmed(const std::string& text) {
  return std::string(core::trim(text));
}

// What tells two of one name apart.
std::string second_line(const CustomerRecord& record) {
  std::string line;
  for (const std::string* text : {record.name.empty() ? nullptr : &record.company, &record.city,
                                  &record.email, &record.phone}) {
    if (text == nullptr || text->empty()) continue;
    line += (line.empty() ? "" : " · ") + *text;
  }
  return line;
}

CustomerRowView row_of(const CustomerRecord& record, std::int64_t chosen) {
  return {record.id, shown_name(record), second_line(record), core::initials(shown_name(record)),
          record.id == chosen};
}

// Doubles mostly differ in the first name: "A. Mueller".
std::string family_name(const CustomerRecord& record) {
  const std::string& name = shown_name(record);
  const auto blank = name.rfind(' ');
  return blank == name.npos ? name : name.substr(blank + 1);
}

std::string address_of(const CustomerRecord& record) {
  std::string line = record.street;
  const std::string place = trimmed(record.postcode + " " + record.city);
  for (const std::string* text : {&place, &record.country}) {
    if (!text->empty()) line += (line.empty() ? "" : ", ") + *text;
  }
  return line;
}

std::string consent_of(const CustomerRecord& record, const Scene& scene) {
  if (record.consents.empty()) return std::string(scene.words("not asked"));
  const core::Consent& said = record.consents.back();
  return scene.words.fill(said.given ? "yes, {}, {}" : "no, {}, {}",
                          {full_time(said.at, scene), said.who});
}

void add_facts(CustomerPageView& view, const CustomerRecord& record, const Scene& scene) {
  const Words& words = scene.words;
  const auto add = [&](std::string_view label, std::string value) {
    if (!value.empty()) view.facts.push_back({std::string(words(label)), std::move(value)});
  };
  add("E-mail address", record.email);
  add("Phone", record.phone);
  add("Address", address_of(record));
  add("VAT id", record.vat_id);
  if (!record.language.empty()) {
    add("Language of the receipt", std::string(name_of(language_from(record.language))));
  }
  add("May we mail offers?", consent_of(record, scene));
  add("Notes", record.notes);
}

CustomerPageView page_of(const core::RecordDetail& detail, const Scene& scene) {
  const Words& words = scene.words;
  const Language language = words.language();
  const CustomerRecord& record = detail.record;
  CustomerPageView view;
  view.back = words("Back");
  view.history_label = words("Orders");
  view.no_history = words("Nothing bought yet");
  const core::CustomerSums& sums = detail.sums;
  view.sums = {{std::string(words("Orders")), number_text(sums.orders, language)},
               {std::string(words("Sold")), money_text(sums.sold, language)},
               {std::string(words("Given back")), money_text(sums.given_back, language)},
               {std::string(words("Last visit")),
                sums.orders == 0 ? "–" : short_time(sums.last_visit, scene)}};
  for (const core::OrderRow& order : detail.orders.rows) {
    view.visits.push_back({order.id, order.number, full_time(order.placed, scene),
                           money_text(order.total, language), payment_badge(order.payment, words)});
  }
  const std::string number = std::to_string(record.id);
  if (record.state == core::CustomerState::removed) {
    view.name = words.fill("Removed customer {}", {number});
    return view;
  }
  view.name = shown_name(record);
  view.initials = core::initials(view.name);
  view.second = words.fill("Customer {}", {number});
  if (!record.name.empty() && !record.company.empty()) view.second += " · " + record.company;
  add_facts(view, record, scene);
  view.edit = words("Edit");
  view.merge = words("Merge");
  view.write = words("Export");
  view.remove = words("Remove");
  return view;
}

const core::RecordDetail* detail_of(const Scene& scene, std::int64_t id) {
  const auto& found = scene.found.record;
  return id != 0 && found.asked == id && found.detail ? &*found.detail : nullptr;
}

std::string name_of_record(const Scene& scene, std::int64_t id) {
  const core::RecordDetail* detail = detail_of(scene, id);
  return detail ? shown_name(detail->record) : "";
}

}  // namespace

Questions wants(const Scene&, const CustomersInput& input) {
  Questions questions;
  const auto* merge = std::get_if<MergeInput>(&input.sheet);
  questions.emplace_back(core::AskRecords{trimmed(merge ? merge->text : input.text)});
  if (input.chosen != 0) questions.emplace_back(core::AskRecord{input.chosen});
  return questions;
}

CustomersView present(const Scene& scene, const CustomersInput& input) {
  const Words& words = scene.words;
  CustomersView view;
  view.title = words("Customers");
  view.search_hint = words("Name, company, address, phone");
  view.add = words("New customer");
  view.keyboard_word = words("Keyboard");
  view.nobody = words("No customer chosen");
  view.nobody_second = words("Tap one to see what they bought.");
  for (const CustomerRecord& record : scene.found.records.rows) {
    view.rows.push_back(row_of(record, input.chosen));
  }
  const std::string& asked = scene.found.records.text;
  if (view.rows.empty() && asked.empty()) {
    view.emptiness = {icons::people, std::string(words("No customers yet")),
                      std::string(words("Who leaves an address with a sale is kept here."))};
  } else if (view.rows.empty()) {
    view.emptiness = {icons::search, words.fill("Nothing found for “{}”", {asked}),
                      std::string(words("Search by name, company, address or phone number."))};
  }
  if (const auto* detail = detail_of(scene, input.chosen)) view.page = page_of(*detail, scene);
  return view;
}

MergeView present(const Scene& scene, const MergeInput& input) {
  const Words& words = scene.words;
  MergeView view;
  view.title = words("Merge with a double");
  view.search_hint = words("Name, company, address, phone");
  view.explained = words.fill("Who is the same person as {}?", {name_of_record(scene, input.into)});
  view.cancel = words("Cancel");
  if (scene.found.records.text == trimmed(input.text)) {
    for (const CustomerRecord& record : scene.found.records.rows) {
      if (record.id != input.into) view.rows.push_back(row_of(record, 0));
    }
  }
  if (!input.other) return view;
  AskView ask;
  ask.title = words("One customer of two?");
  ask.words = words.fill(
      "The orders of {} (number {}) move to {} (number {}). Both numbers lead there from then "
      "on. This cannot be undone.",
      {shown_name(*input.other), std::to_string(input.other->id), name_of_record(scene, input.into),
       std::to_string(input.into)});
  ask.back = words("Back");
  ask.go_on = words("Merge");
  ask.icon = icons::groups;
  view.question = std::move(ask);
  return view;
}

AskView present(const Scene& scene, const RemovalInput& input) {
  const Words& words = scene.words;
  AskView view;
  view.title = words("Remove this customer?");
  view.words = words.fill(
      "Name, address, notes and consents of {} are gone at once. Orders stay without a name; "
      "receipts keep what was printed, as long as the law wants it. What a platform or a file "
      "written out holds is removed there.",
      {name_of_record(scene, input.customer)});
  view.back = words("Keep");
  view.go_on = words("Remove");
  view.icon = icons::delete_outline;
  return view;
}

Reaction react(const CustomersTap& tap, const Scene& scene, CustomersInput& input) {
  using Kind = CustomersTap::Kind;
  const core::RecordDetail* detail = detail_of(scene, input.chosen);
  switch (tap.kind) {
    case Kind::none:
      return {};
    case Kind::search:
      input.to_top = true;
      return {};
    case Kind::keyboard:
      input.has_keyboard = !input.has_keyboard;
      return {};
    case Kind::add:
      input.sheet = new_customer(scene.found.records.rows.empty() ? input.text : "");
      return {};
    case Kind::row:
      input.has_keyboard = false;
      if (tap.index < scene.found.records.rows.size()) {
        input.chosen = scene.found.records.rows[tap.index].id;
      }
      return {};
    case Kind::back:
      input.chosen = 0;
      return {};
    default:
      break;
  }
  if (!detail) return {};
  switch (tap.kind) {
    case Kind::edit:
      input.sheet = edit_customer(detail->record);
      return {};
    case Kind::merge:
      input.sheet = MergeInput{.into = detail->record.id, .text = family_name(detail->record)};
      return {};
    case Kind::remove:
      input.sheet = RemovalInput{detail->record.id};
      return {};
    case Kind::write: {
      Reaction reaction;
      reaction.customer_file = detail->record.id;
      return reaction;
    }
    case Kind::visit:
      return tap.index < detail->orders.rows.size() ? show_order(detail->orders.rows[tap.index].id)
                                                    : Reaction{};
    default:
      return {};
  }
}

bool takes_scan(const CustomersInput& input) {
  return std::holds_alternative<std::monostate>(input.sheet);
}

}  // namespace pos
