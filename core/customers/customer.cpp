#include "core/customers/customer.h"

#include <algorithm>

#include "core/base/text.h"

namespace core {

namespace {

constexpr std::size_t longest_field = 200;
constexpr std::size_t longest_notes = 2000;

bool is_line(std::string_view text) {
  return text.size() <= longest_field && !has_control_character(text) &&
         text.find_first_of("\r\n") == text.npos;
}

// Two letters of the country, then what it likes.
bool is_vat_id(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() >= 6 && text.size() <= 16 && is_capital(text[0]) && is_capital(text[1]) &&
         std::ranges::all_of(text, [&](char c) { return is_capital(c) || is_digit(c); });
}

}  // namespace

std::string journal_name(std::int64_t customer) {
  return customer == 0 ? "" : "customer " + std::to_string(customer);
}

const std::string& shown_name(const CustomerRecord& record) {
  return record.name.empty() ? record.company : record.name;
}

Customer as_customer(const CustomerRecord& record) {
  return {shown_name(record), record.email, record.language, record.id};
}

InvoiceTo invoice_to(const CustomerRecord& record) {
  if (!record.has_address()) return {};
  Address address;
  address.name = record.name;
  address.company = record.company;
  address.street = record.street;
  address.postcode = record.postcode;
  address.city = record.city;
  address.country = record.country;
  return {record.id, std::move(address), record.vat_id};
}

std::string_view what_is_wrong(const CustomerRecord& record) {
  if (record.name.empty() && record.company.empty()) return "Please give a name or a company.";
  for (const std::string* text : {&record.name, &record.company, &record.phone, &record.street,
                                  &record.postcode, &record.city, &record.country}) {
    if (!is_line(*text)) return "This name is not possible.";
  }
  if (!record.email.empty() && !is_email(record.email)) return "This is not an e-mail address.";
  if (!record.vat_id.empty() && !is_vat_id(record.vat_id)) {
    return "This is not a VAT id, as in DE123456789.";
  }
  if (record.notes.size() > longest_notes) return "This note is too long.";
  return "";
}

CustomerRecord tidied(CustomerRecord record) {
  for (std::string* text :
       {&record.name, &record.company, &record.email, &record.phone, &record.street,
        &record.postcode, &record.city, &record.country, &record.language, &record.notes}) {
    *text = trim(*text);
  }
  std::string vat_id;
  for (const char c : record.vat_id) {
    if (c == ' ') continue;
    vat_id += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  record.vat_id = std::move(vat_id);
  return record;
}

}  // namespace core
