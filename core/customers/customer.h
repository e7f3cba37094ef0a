// What the shop keeps of a customer. A plain value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/base/stored.h"
#include "core/orders/order.h"
#include "core/orders/receipt.h"

namespace core {

// Merged: another record has taken this one's place, and both numbers lead there.
// Removed: what stood here is gone, only the number is left.
enum class CustomerState { here, merged, removed };
template <>
inline constexpr int stored_count<CustomerState> = 1 + static_cast<int>(CustomerState::removed);

// Whether mail may be sent that nobody ordered: what was said, when, and to whom.
struct Consent {
  bool given = false;
  Instant at;
  std::string who;
  friend bool operator==(const Consent&, const Consent&) = default;
};

struct CustomerRecord {
  std::int64_t id = 0;  // lasting, and what people call the number; 0: not kept yet
  std::string name;
  std::string company = {};
  std::string email = {};
  std::string phone = {};
  std::string street = {}, postcode = {}, city = {}, country = {};
  std::string vat_id = {};
  std::string language = {};  // of the receipt: "de", "en"; empty: the shop's
  std::string notes = {};
  Instant created = {};  // 0: not known
  CustomerState state = CustomerState::here;
  std::int64_t merged_into = 0;
  std::vector<Consent> consents = {};  // the oldest first; the latest counts
  friend bool operator==(const CustomerRecord&, const CustomerRecord&) = default;

  bool may_mail() const { return !consents.empty() && consents.back().given; }
  bool has_address() const { return !street.empty() && !city.empty(); }
};

// The customer in the journal: "customer 12"; empty: nobody.
std::string journal_name(std::int64_t customer);
// What people call them: the name, or the company.
const std::string& shown_name(const CustomerRecord& record);
// As an order says it.
Customer as_customer(const CustomerRecord& record);
// Whom an invoice is made out to; nobody where no address is known.
InvoiceTo invoice_to(const CustomerRecord& record);

// What is wrong with it, as a text key; empty: nothing.
std::string_view what_is_wrong(const CustomerRecord& record);
// Without blanks around a text, a VAT id in capitals without any.
CustomerRecord tidied(CustomerRecord record);

// What they bought, in the shop's currency. Cancelled orders do not count.
struct CustomerSums {
  std::int64_t orders = 0;
  Money sold;
  Money given_back;
  Instant first_visit = {}, last_visit = {};
  friend bool operator==(const CustomerSums&, const CustomerSums&) = default;
};

// All that is kept of one person, for that person.
struct CustomerData {
  CustomerRecord record;
  std::vector<CustomerRecord> merged;  // records that this one has taken the place of
  std::vector<Order> orders;           // the oldest first
};

}  // namespace core
