// tresen customers: who has bought before, here or at the platform.
#include <CLI/CLI.hpp>

#include "core/store/customer_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"

namespace pos::cli {

namespace {

Table table_of(const std::vector<core::Customer>& customers) {
  Table table({{"Name", "name"}, {"E-mail", "email"}, {"Language", "language"}});
  for (const core::Customer& customer : customers) {
    table.add({customer.name, customer.email, customer.language});
  }
  return table;
}

class Customers final : public Command {
 public:
  explicit Customers(CLI::App& app) {
    app.add_option("--search", text_, "The beginning of a name or an address")->type_name("TEXT");
    app.add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
  }

  Status run(const Common& common) override {
    const auto found = [this](Reading& store) {
      return table_of(text_.empty() ? core::customers(store.database, limit_)
                                    : core::find_customers(store.database, text_, limit_));
    };
    return print_from_store(common, found,
                            text_.empty() ? "no customers yet" : "no customer is called like this");
  }

 private:
  std::string text_;
  int limit_ = 50;
};

}  // namespace

std::unique_ptr<Command> customers_command(CLI::App& app) {
  return std::make_unique<Customers>(app);
}

}  // namespace pos::cli
