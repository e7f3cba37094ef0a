// A stock Medusa with one documented option of its order module: our own id of
// an order becomes its unique custom_display_id (exactly once, decisions.md).
const { defineConfig, Modules } = require("@medusajs/framework/utils")

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: "*", adminCors: "*", authCors: "*",
      jwtSecret: "only-for-tests", cookieSecret: "only-for-tests",
    },
  },
  admin: { disable: true },
  modules: {
    [Modules.ORDER]: {
      resolve: "@medusajs/medusa/order",
      options: { generateCustomDisplayId: async (order) => order.metadata?.pos_order_id },
    },
  },
})
