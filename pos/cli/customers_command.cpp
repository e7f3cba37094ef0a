// tresen customers: who has bought before, here or at the platform, and what is kept of them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>

#include "core/store/customer_store.h"
#include "core/store/order_store.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/config/private_file.h"
#include "pos/layout/customer_export.h"

namespace pos::cli {

namespace {

using core::CustomerRecord;
using Facts = std::vector<std::pair<Column, Cell>>;

constexpr std::int64_t orders_shown = 1000;

Table table_of(const std::vector<CustomerRecord>& records) {
  Table table({{"No.", "number", Align::right},
               {"Name", "name"},
               {"Company", "company"},
               {"E-mail", "email"},
               {"Phone", "phone"},
               {"City", "city"},
               {"Language", "language"}});
  for (const CustomerRecord& record : records) {
    table.add({record.id, record.name, record.company, record.email, record.phone, record.city,
               record.language});
  }
  return table;
}

Cell mail_cell(const CustomerRecord& record) {
  if (record.consents.empty()) return {"", nullptr};
  const bool may = record.may_mail();
  return {may ? "yes" : "no", may};
}

std::string_view state_word(core::CustomerState state) {
  switch (state) {
    case core::CustomerState::here:
      return "here";
    case core::CustomerState::merged:
      return "merged";
    case core::CustomerState::removed:
      return "removed";
  }
  return "here";
}

Facts facts_of(const CustomerRecord& record, const core::CustomerSums& sums,
               std::string_view zone) {
  return {{{"Customer", "number"}, record.id},
          {{"State", "state"}, state_word(record.state)},
          {{"Name", "name"}, record.name},
          {{"Company", "company"}, record.company},
          {{"E-mail", "email"}, record.email},
          {{"Phone", "phone"}, record.phone},
          {{"Street", "street"}, record.street},
          {{"Postcode", "postcode"}, record.postcode},
          {{"City", "city"}, record.city},
          {{"Country", "country"}, record.country},
          {{"VAT id", "vat_id"}, record.vat_id},
          {{"Language", "language"}, record.language},
          {{"Mail", "may_mail"}, mail_cell(record)},
          {{"Notes", "notes"}, record.notes},
          {{"Since", "created"}, time_cell(record.created, zone)},
          {{"Orders", "orders"}, sums.orders},
          {{"Sold", "sold"}, sums.sold},
          {{"Given back", "given_back"}, sums.given_back},
          {{"Last visit", "last_visit"}, time_cell(sums.last_visit, zone)}};
}

Table consents_of(const CustomerRecord& record, std::string_view zone) {
  Table table({{"At", "at"}, {"May mail", "given"}, {"Who", "who"}});
  for (const core::Consent& consent : record.consents) {
    table.add({time_cell(consent.at, zone), Cell(consent.given ? "yes" : "no", consent.given),
               consent.who});
  }
  return table;
}

Table history_of(const core::OrderPage& page, std::string_view zone) {
  Table table({{"Order", "number"},
               {"Placed", "placed"},
               {"Payment", "payment"},
               {"Total", "total", Align::right},
               {"", "currency"}});
  for (const core::OrderRow& row : page.rows) {
    table.add({row.number, time_cell(row.placed, zone), row.payment, row.total,
               row.total.currency.text()});
  }
  return table;
}

class Customers final : public Command {
 public:
  explicit Customers(CLI::App& app) {
    app.require_subcommand(0, 1);
    list_ = verb(app, "list", "List or search the customers");
    for (CLI::App* listing : {&app, list_}) {
      listing->add_option("--search", text_, "The beginning of a name, an address or a number")
          ->type_name("TEXT");
      listing->add_option("--limit", limit_, "At most so many")
          ->check(CLI::Range(1, 10'000'000))
          ->capture_default_str();
    }
    show_ = verb(app, "show", "What is kept of a customer, and what they bought");
    add_ = verb(app, "add", "Write a customer down; says the number");
    add_->add_option("NAME", name_, "The name; empty with --company");
    edit_ = verb(app, "edit", "Change what is kept of a customer");
    merge_ = verb(app, "merge", "Two records of one person become the first");
    export_ = verb(app, "export", "All that is kept of a person, for that person");
    remove_ = verb(app, "remove", "Remove a person's data; what was printed stays");
    for (CLI::App* naming : {show_, edit_, merge_, export_, remove_}) {
      naming->add_option("CUSTOMER", customer_, "The number or the e-mail address")->required();
    }
    merge_->add_option("OTHER", other_, "The number that will lead to CUSTOMER")->required();
    fields_.push_back(
        {edit_->add_option("--name", name_, "The name"), &CustomerRecord::name, &name_});
    for (CLI::App* writing : {add_, edit_}) {
      field(writing, "--company", company_, &CustomerRecord::company, "The company");
      field(writing, "--email", email_, &CustomerRecord::email, "Where receipts go");
      field(writing, "--phone", phone_, &CustomerRecord::phone, "The phone number");
      field(writing, "--street", street_, &CustomerRecord::street, "Street and number");
      field(writing, "--postcode", postcode_, &CustomerRecord::postcode, "The postcode");
      field(writing, "--city", city_, &CustomerRecord::city, "The city");
      field(writing, "--country", country_, &CustomerRecord::country, "The country");
      field(writing, "--vat-id", vat_id_, &CustomerRecord::vat_id, "As in DE123456789");
      field(writing, "--language", language_, &CustomerRecord::language,
            "Of the receipt: de or en; empty: the shop's");
      field(writing, "--notes", notes_, &CustomerRecord::notes, "What the shop should know");
      writing->add_option("--mail", may_mail_, "yes or no: what was said about mail")
          ->check(CLI::IsMember({"yes", "no"}));
    }
    export_->add_flag("--csv", is_csv_, "One fact a line in place of JSON");
    export_->add_option("--to", file_, "A file to make, in place of stdout")->type_name("FILE");
    for (CLI::App* doing : {add_, edit_, merge_, remove_}) {
      doing->add_option("--as", cashier_, "Who does this, once there are cashiers")
          ->type_name("NAME");
      doing->add_option("--approved-by", approver_, "The manager whose PIN follows, where needed")
          ->type_name("NAME");
      doing->add_option("--pin-file", pin_file_, "A file with the PINs, one a line, or -")
          ->type_name("FILE");
    }
  }

  Status run(const Common& common) override {
    for (const CLI::App* doing : {add_, edit_, merge_, remove_}) {
      if (doing->parsed()) return work(common);
    }
    if (show_->parsed()) return show(common);
    return export_->parsed() ? write_out(common) : list(common);
  }

 private:
  struct Field {
    const CLI::Option* option;
    std::string CustomerRecord::*place;
    const std::string* value;
  };

  static CLI::App* verb(CLI::App& app, const char* name, const char* says) {
    CLI::App* sub = app.add_subcommand(name, says);
    sub->fallthrough();
    return sub;
  }

  void field(CLI::App* app, const char* name, std::string& value,
             std::string CustomerRecord::*place, const char* says) {
    fields_.push_back({app->add_option(name, value, says), place, &value});
  }

  Status list(const Common& common) const {
    const auto found = [this](Reading& store) {
      return table_of(text_.empty() ? core::records(store.database, limit_)
                                    : core::find_records(store.database, text_, limit_));
    };
    return print_from_store(common, found,
                            text_.empty() ? "no customers yet" : "no customer is called like this");
  }

  static std::optional<std::int64_t> number_in(const std::string& named) {
    std::int64_t id = 0;
    const char* end = named.data() + named.size();
    const auto [rest, fault] = std::from_chars(named.data(), end, id);
    if (fault != std::errc{} || rest != end) return {};
    return id;
  }

  // The one that is meant; nothing: it was said that there is none.
  static std::optional<CustomerRecord> customer(core::Database& database,
                                                const std::string& named) {
    const auto number = number_in(named);
    auto found = number ? core::find_customer(database, *number)
                        : core::find_customer_by_email(database, named);
    if (!found) fail("there is no customer \"" + named + "\"; see tresen customers", attention);
    return found;
  }

  Status show(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto record = customer(store->database, customer_);
    if (!record) return attention;
    const std::string& zone = store->settings.shop.time_zone;
    const auto sums =
        core::sums_of_customer(store->database, record->id, store->settings.shop.currency);
    const auto page =
        core::order_page(store->database, {.customer = record->id, .limit = orders_shown});
    if (const Status read = after_reading(store->database); read != well) return read;
    const Facts facts = facts_of(*record, sums, zone);
    if (common.json) {
      Json json = Json::object();
      for (const auto& [column, cell] : facts) json[column.key] = cell.json;
      json["consents"] = consents_of(*record, zone).as_json();
      json["history"] = history_of(page, zone).as_json();
      print_json(json);
      return well;
    }
    for (const auto& [column, cell] : facts) {
      if (!cell.text.empty()) print(fmt::format("{:<11} {}", column.heading, printable(cell.text)));
    }
    print_section(consents_of(*record, zone));
    print_section(history_of(page, zone));
    return well;
  }

  Status write_out(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto record = customer(store->database, customer_);
    if (!record) return attention;
    const auto data = core::data_of_customer(store->database, record->id);
    if (const Status read = after_reading(store->database); read != well) return read;
    std::string text = is_csv_ ? customer_csv(*data) : customer_json(*data);
    if (!file_.empty()) {
      const auto why = write_private(file_, text);
      return why ? fail("cannot write " + *why) : well;
    }
    std::erase(text, '\r');
    text.pop_back();
    print(text);
    return well;
  }

  std::optional<core::Command> command_for(core::Register& till) const {
    CustomerRecord known;
    if (add_->parsed()) {
      known.name = name_;
    } else {
      auto found = customer(till.database(), customer_);
      if (!found) return {};
      known = std::move(*found);
    }
    if (remove_->parsed()) return core::RemoveCustomer{known.id};
    if (merge_->parsed()) {
      const auto other = customer(till.database(), other_);
      if (!other) return {};
      // The number as it was said: one that was merged leads to the first already.
      return core::MergeCustomers{known.id, number_in(other_).value_or(other->id)};
    }
    for (const Field& given : fields_) {
      if (given.option->count() > 0) known.*given.place = *given.value;
    }
    core::SaveCustomer save{std::move(known), {}};
    if (!may_mail_.empty()) save.may_mail = may_mail_ == "yes";
    return save;
  }

  Status work(const Common& common) const {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    const auto command = command_for(*till);
    if (!command) return attention;
    if (const Status signed_in = sign_in(*till, cashier_, *pins); signed_in != well) {
      return signed_in;
    }
    const std::string approval = approver_.empty() ? "" : pins->next("PIN of " + approver_);
    const auto done = till->handle(*command, approval);
    if (!done) return say_refusal(done.error());
    if (!add_->parsed()) return well;
    const std::int64_t number = core::latest_customer(till->database());
    if (common.json) {
      print_json({{"number", number}});
    } else {
      print(fmt::format("customer {}", number));
    }
    return well;
  }

  CLI::App *list_ = nullptr, *show_ = nullptr, *add_ = nullptr, *edit_ = nullptr, *merge_ = nullptr,
           *export_ = nullptr, *remove_ = nullptr;
  std::vector<Field> fields_;
  std::string text_, customer_, other_, name_, company_, email_, phone_, street_, postcode_, city_,
      country_, vat_id_, language_, notes_, may_mail_, file_, cashier_, approver_, pin_file_;
  bool is_csv_ = false;
  int limit_ = 50;
};

}  // namespace

std::unique_ptr<Command> customers_command(CLI::App& app) {
  return std::make_unique<Customers>(app);
}

}  // namespace pos::cli
